package io.reverie.jobs.cli;

import io.reverie.jobs.cli.spark.SecretKeys;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Warns of secrets on the command line, which every user of the machine can read. */
final class VisibleSecrets {

  /** A Spark property, as an argument of its own or after {@code --conf=}. */
  private static final Pattern ASSIGNMENT = Pattern.compile("(?:--conf=)?(spark\\.[^=\\s]+)=\\S+");

  /** Properties whose value only names a secret. */
  private static final Pattern NAME =
      Pattern.compile("spark\\.kubernetes\\.(driver|executor)\\.secret.*|.*(file|\\.enabled)");

  private VisibleSecrets() {}

  /** Checks this process, including the command line of spark-submit. */
  static Optional<String> warning() {
    return warning(System.getProperty("sun.java.command", ""));
  }

  static Optional<String> warning(String command) {
    List<String> keys =
        Pattern.compile("\\s+")
            .splitAsStream(command)
            .map(ASSIGNMENT::matcher)
            .filter(word -> word.matches())
            .map(word -> word.group(1))
            .filter(VisibleSecrets::isSecret)
            .distinct()
            .toList();
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "everyone on this machine can read %s on the command line; use AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or --properties-file FILE"
                .formatted(String.join(", ", keys)));
  }

  private static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return SecretKeys.PATTERN.matcher(lower).find() && !NAME.matcher(lower).matches();
  }
}
