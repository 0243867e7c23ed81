package io.reverie.jobs.report;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.report.TaskTimeline.Lane;
import io.reverie.jobs.report.TaskTimeline.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The tasks of a run as bars, one row for each slot of an executor.
 *
 * @param names names a task, given its number
 */
record TimelineChart(List<Span> spans, IntFunction<String> names) {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 20;

  /** Rows of a page; the others are counted below them. */
  private static final int MAX_ROWS = 48;

  /** Number of colours in the style sheet. */
  private static final int COLOURS = 6;

  Element html() {
    if (spans.isEmpty()) {
      return Element.of("div");
    }
    long from = spans.stream().mapToLong(Span::from).min().getAsLong();
    long to = Math.max(from + 1, spans.stream().mapToLong(Span::to).max().getAsLong());
    Map<String, Integer> colours = new LinkedHashMap<>();
    spans.forEach(span -> colours.putIfAbsent(span.phase(), colours.size() % COLOURS));
    Map<Lane, List<Span>> rows = new TreeMap<>();
    spans.forEach(span -> rows.computeIfAbsent(span.lane(), l -> new ArrayList<>()).add(span));
    Element chart = Element.of("div").classed("timeline");
    for (Map.Entry<Lane, List<Span>> row : rows.entrySet().stream().limit(MAX_ROWS).toList()) {
      chart =
          chart.add(
              Element.of("span", name(row.getKey())).classed("lane"),
              row(row.getValue(), from, to, colours));
    }
    List<String> times = new ArrayList<>();
    for (int i = 0; i <= 4; i++) {
      times.add(Durations.of((to - from) / 1e3 * i / 4));
    }
    chart = chart.add(Element.of("span"), Plot.labels("plot-x", times));
    Element card = Element.of("div", chart, legend(colours)).classed("card chart");
    return rows.size() > MAX_ROWS
        ? card.add(
            Element.of(
                    "p", "and %s more".formatted(Durations.count(rows.size() - MAX_ROWS, "slot")))
                .classed("soft"))
        : card;
  }

  private static String name(Lane lane) {
    return "%s, slot %d".formatted(lane.executor(), lane.slot() + 1);
  }

  private Html row(List<Span> row, long from, long to, Map<String, Integer> colours) {
    Element svg = Plot.svg(WIDTH, HEIGHT).with("role", "img").with("aria-label", sentence(row));
    for (Span span : row) {
      double x = (double) (span.from() - from) / (to - from) * WIDTH;
      double width = (double) (span.to() - span.from()) / (to - from) * WIDTH;
      int colour = Objects.requireNonNull(colours.get(span.phase()));
      svg =
          svg.add(
              Element.of("rect", Element.of("title", title(span)))
                  .classed("c" + colour + (span.failed() ? " failed" : ""))
                  .with("x", Plot.coordinate(x))
                  .with("y", "2")
                  .with("width", Plot.coordinate(Math.max(1.5, width)))
                  .with("height", Integer.toString(HEIGHT - 4)));
    }
    return svg;
  }

  private static String sentence(List<Span> row) {
    double busy = row.stream().mapToDouble(span -> (span.to() - span.from()) / 1e3).sum();
    int tasks = row.stream().mapToInt(Span::tasks).sum();
    return "%s, busy for %s".formatted(Durations.count(tasks, "task"), Durations.of(busy));
  }

  private String title(Span span) {
    String what =
        span.tasks() > 1 ? Durations.count(span.tasks(), "task") : names.apply(span.task());
    return "%s: %s, %s%s"
        .formatted(
            span.phase(),
            what,
            Durations.of((span.to() - span.from()) / 1e3),
            span.failed() ? ", failed" : "");
  }

  private static Element legend(Map<String, Integer> colours) {
    Element legend = Element.of("ul").classed("legend");
    for (Map.Entry<String, Integer> entry : colours.entrySet()) {
      legend = legend.add(entry(entry.getKey(), entry.getValue()));
    }
    return legend;
  }

  /** A colour and what it means. */
  static Element entry(String text, int colour) {
    return Element.of("li", Element.of("span").classed("swatch c" + colour), Html.text(text));
  }
}
