package io.reverie.jobs.report;

import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands to paste into a shell. */
final class Commands {

  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,~-]+");

  private Commands() {}

  /** The command that makes one result again and compares it. */
  static String rerun(WorkItem item) {
    return line("reverie", "rerun", item.output().name());
  }

  /** The command that dreams other inputs in the same way. */
  static String again(String command, boolean isDefault, List<String> inputs, Location output) {
    Stream<String> settings = isDefault ? Stream.empty() : Stream.of("--config", "settings.yaml");
    return Stream.of(
            Stream.of("reverie", command), settings, inputs.stream(), Stream.of(output.name()))
        .flatMap(words -> words)
        .map(Commands::quoted)
        .collect(Collectors.joining(" "));
  }

  static String input(WorkItem item, Links links) {
    return item.isNoise() ? SourceInfo.NOISE : links.name(item.input());
  }

  private static String line(String... words) {
    return Stream.of(words).map(Commands::quoted).collect(Collectors.joining(" "));
  }

  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
