package io.reverie.jobs.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The command lines that everyone on this machine could read while a program ran. */
final class VisibleProcesses {

  private final Set<String> commandLines = new HashSet<>();

  /** Reads those of the processes that run now. */
  void look() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.forEach(process -> commandLines.add(commandLine(process.pid())));
    }
  }

  Set<String> commandLines() {
    return commandLines;
  }

  private static String commandLine(long process) {
    try {
      return Files.readString(
          Path.of("/proc/%d/cmdline".formatted(process)), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It has ended.
      return "";
    }
  }
}
