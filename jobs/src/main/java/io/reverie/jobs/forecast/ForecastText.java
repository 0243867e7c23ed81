package io.reverie.jobs.forecast;

import io.reverie.core.text.Count;
import io.reverie.jobs.forecast.Forecast.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats a forecast as a few aligned lines of text. */
public record ForecastText(Forecast forecast, Prices prices) {

  public List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    forecast.estimates().forEach(each -> rows.add(row(each)));
    forecast.estimates().stream()
        .filter(Estimate::here)
        .forEach(here -> rows.add(List.of("memory", memory(here))));
    rows.add(List.of("disk", disk()));
    if (forecast.requests() > 0) {
      rows.add(List.of("requests", text("about %d to S3", forecast.requests())));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "Forecast for %s in %s, measured in %s:",
            Count.of(forecast.frames(), "frame"),
            Count.of(forecast.segments(), "task"),
            duration(forecast.calibrationSeconds())));
    rows.forEach(row -> lines.add(aligned(row, rows)));
    return lines;
  }

  /** Pads all columns but the last of a row. */
  private static String aligned(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width =
          rows.stream()
              .filter(other -> other.size() > column + 1)
              .mapToInt(other -> other.get(column).length())
              .max()
              .orElse(0);
      String cell = row.get(i);
      line.append("  ").append(cell);
      if (i + 1 < row.size()) {
        line.append(" ".repeat(Math.max(0, width - cell.length())));
      }
    }
    return line.toString();
  }

  private List<String> row(Estimate estimate) {
    List<String> row = new ArrayList<>();
    row.add(estimate.here() ? "here" : Count.of(estimate.executors(), "executor"));
    row.add(Count.of(estimate.cores(), "core"));
    row.add(duration(estimate.wallSeconds()));
    row.add(text("%.2f core-hours", estimate.coreHours()));
    if (!prices.isUnknown()) {
      row.add(text(estimate.money() < 1 ? "costs %.4f" : "costs %.2f", estimate.money()));
    }
    return row;
  }

  private String memory(Estimate here) {
    return text(
        "%s at the peak: %s at once, %s each",
        bytes(here.memoryBytes()),
        Count.of(here.tasksAtOnce(), "task"),
        bytes(forecast.taskMemoryBytes()));
  }

  private String disk() {
    List<String> parts = new ArrayList<>();
    if (forecast.workBytes() > 0) {
      parts.add(bytes(forecast.workBytes()) + " in the work folder until the end");
    }
    if (forecast.keptBytes() > 0) {
      parts.add("about " + bytes(forecast.keptBytes()) + " for the kept dream");
    }
    parts.add(bytes(forecast.resultBytes()) + " of results");
    return String.join(", ", parts);
  }

  /** Rounds a duration to the precision of a forecast, such as 3 min 20 s. */
  static String duration(double seconds) {
    if (seconds < 10) {
      return text("%.1f s", seconds);
    }
    long s = Math.round(seconds);
    if (s < 120) {
      return s + " s";
    }
    return s < 7200
        ? text("%d min %02d s", s / 60, s % 60)
        : text("%d h %02d min", s / 3600, s / 60 % 60);
  }

  static String bytes(long size) {
    double bytes = (double) size;
    if (bytes < 1e6) {
      return text("%.0f kB", Math.ceil(bytes / 1e3));
    }
    return bytes < 1e9 ? text("%.0f MB", bytes / 1e6) : text("%.1f GB", bytes / 1e9);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
