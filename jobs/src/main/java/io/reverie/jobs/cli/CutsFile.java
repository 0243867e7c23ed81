package io.reverie.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.TextFile;
import io.reverie.jobs.spec.UserTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A list of cuts as the user gives it: a time on each line, or the manifest of an earlier run. */
final class CutsFile {

  /** In seconds; what has more is no time of a video. */
  private static final double LATEST = 1e9;

  private CutsFile() {}

  /** The times as a setting's value. */
  static String setting(Path file) {
    String text = TextFile.read(file);
    List<String> times = text.stripLeading().startsWith("{") ? manifest(text, file) : lines(text);
    return times.stream()
        .map(t -> "'" + t.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** What follows a # is a remark. */
  private static List<String> lines(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Nothing but its times is taken: neither the files nor the settings that it names. */
  private static List<String> manifest(String text, Path file) {
    JsonNode cuts = UserTree.ofJson(text, "--cuts " + file).path("cuts");
    if (!cuts.isArray()) {
      throw UserException.usage("--cuts %s has no list 'cuts'".formatted(file));
    }
    List<String> times = new ArrayList<>();
    cuts.forEach(cut -> times.add(time(cut, file)));
    return times;
  }

  private static String time(JsonNode cut, Path file) {
    double seconds = cut.isNumber() ? cut.doubleValue() : Double.NaN;
    if (!(Math.abs(seconds) <= LATEST)) {
      throw UserException.usage(
          "--cuts %s: 'cuts' must hold times in seconds, not %s".formatted(file, cut));
    }
    return cut.decimalValue().toPlainString();
  }
}
