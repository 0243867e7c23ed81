package io.reverie.jobs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.spec.rule.EnumNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A report as Markdown tables.
 *
 * @param baseline an earlier report in JSON
 */
public record BenchTables(BenchReport report, Optional<JsonNode> baseline) {

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Reverie %s, %s %s, %s, one thread"
            .formatted(
                report.program(),
                report.machine().cpu(),
                report.machine().instructions(),
                report.machine().device()));
    lines.add("");
    lines.addAll(table(steps()));
    if (!report.clips().isEmpty()) {
      lines.add("");
      lines.addAll(table(clips()));
    }
    return lines;
  }

  private List<List<String>> steps() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "network",
            "layer",
            "size",
            "precision",
            "ms/step",
            "Mpx-steps/s",
            "share of limit",
            "vs torch",
            "vs baseline"));
    for (StepSpeed speed : report.steps()) {
      StepCase step = speed.step();
      rows.add(
          List.of(
              step.network(),
              step.layer(),
              step.size().toString(),
              EnumNames.name(step.precision()),
              number("%.1f", speed.seconds() * 1e3),
              number("%.2f", speed.megapixelStepsPerSecond()),
              number("%.2f", speed.shareOfLimit()),
              number("%.2fx", report.againstTorch(speed)),
              against("steps", step.key(), speed.seconds())));
    }
    return rows;
  }

  private List<List<String>> clips() {
    List<List<String>> rows = new ArrayList<>();
    List<String> stages = List.copyOf(report.clips().get(0).stages().keySet());
    List<String> head =
        new ArrayList<>(List.of("network", "size", "precision", "in-betweens", "s/frame"));
    head.addAll(stages);
    head.addAll(List.of("steps/frame", "flicker", "strength", "vs baseline"));
    rows.add(head);
    for (ClipSpeed speed : report.clips()) {
      List<String> row = new ArrayList<>();
      row.add(speed.clip().network());
      row.add(speed.clip().size().toString());
      row.add(EnumNames.name(speed.clip().precision()));
      row.add(speed.clip().inbetween().text());
      row.add(number("%.3f", speed.secondsPerFrame()));
      stages.forEach(stage -> row.add(number("%.3f", speed.stages().getOrDefault(stage, 0.0))));
      row.add(number("%.2f", speed.stepsPerFrame()));
      row.add(number("%.4f", speed.flicker()));
      row.add(number("%.1f", speed.strength()));
      row.add(against("clips", speed.clip().key(), speed.secondsPerFrame()));
      rows.add(row);
    }
    return rows;
  }

  private String against(String list, String key, double seconds) {
    OptionalDouble before = BenchReport.earlier(baseline, list, key);
    return before.isEmpty() ? "" : number("%.2fx", seconds / before.getAsDouble());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String number(String format, OptionalDouble value) {
    return value.isEmpty() ? "" : number(format, value.getAsDouble());
  }

  /** Pads the columns and leaves out empty ones. */
  private static List<String> table(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int at = column;
      boolean empty = rows.stream().skip(1).allMatch(row -> row.get(at).isEmpty());
      widths.add(empty ? 0 : rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(line(widths.stream().map("-"::repeat).toList(), widths));
      }
    }
    return lines;
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int column = 0; column < cells.size(); column++) {
      int width = widths.get(column);
      if (width > 0) {
        String cell = cells.get(column);
        line.append(' ').append(cell).append(" ".repeat(width - cell.length())).append(" |");
      }
    }
    return line.toString();
  }
}
