package io.reverie.jobs.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The command line, split at {@code --}.
 *
 * @param ours arguments of Reverie
 * @param spark arguments after {@code --}
 */
record SplitArguments(String[] ours, List<String> spark) {

  static SplitArguments split(String... args) {
    int dashes = Arrays.asList(args).indexOf("--");
    int end = dashes < 0 ? args.length : dashes;
    String[] ours = Arrays.copyOf(args, end);
    for (int i = 0; i < end; i++) {
      if (isFile(ours[i])) {
        ours[i] = "./" + ours[i];
      }
    }
    List<String> spark =
        dashes < 0 ? List.of() : List.of(Arrays.copyOfRange(args, dashes + 1, args.length));
    return new SplitArguments(ours, spark);
  }

  /** Returns whether an argument that starts with a dash is a file rather than an option. */
  private static boolean isFile(String word) {
    try {
      return word.startsWith("-") && Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
