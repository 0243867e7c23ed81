package io.reverie.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.TextFile;
import io.reverie.jobs.spec.UserTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads shot boundaries: one time per line, or the JSON sidecar of an earlier run. */
final class CutsFile {

  /** In seconds; larger numbers are not times of a video. */
  private static final double LATEST = 1e9;

  private CutsFile() {}

  static ArrayNode times(Path file) {
    String text = TextFile.read(file);
    List<String> times = text.stripLeading().startsWith("{") ? sidecar(text, file) : lines(text);
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    times.forEach(list::add);
    return list;
  }

  /** Skips comments, which start with #. */
  private static List<String> lines(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Takes only the times, never the files or settings in the sidecar. */
  private static List<String> sidecar(String text, Path file) {
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
