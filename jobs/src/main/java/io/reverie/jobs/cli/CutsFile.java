package io.reverie.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.UserException;
import io.reverie.jobs.spec.UserTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A list of cuts as the user gives it: a time on each line, or the manifest of an earlier run. */
final class CutsFile {

  private CutsFile() {}

  /** The times as a setting's value. */
  static String setting(Path file) {
    try {
      String text = Files.readString(file);
      List<String> times = text.stripLeading().startsWith("{") ? manifest(text, file) : lines(text);
      return times.stream()
          .map(t -> "'" + t.replace("'", "''") + "'")
          .collect(Collectors.joining(", ", "[", "]"));
    } catch (IOException e) {
      throw UserException.usage("cannot read --cuts %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** What follows a # is a remark. */
  private static List<String> lines(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static List<String> manifest(String text, Path file) {
    JsonNode cuts = UserTree.ofJson(text, "--cuts " + file).path("cuts");
    if (!cuts.isArray()) {
      throw UserException.usage("--cuts %s has no list 'cuts'".formatted(file));
    }
    List<String> times = new ArrayList<>();
    cuts.forEach(cut -> times.add(cut.decimalValue().toPlainString()));
    return times;
  }
}
