package io.reverie.jobs.report;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.report.TaskTimeline.Span;
import io.reverie.temporal.measure.StageTimer.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the time went: by stage, and by executor. */
record TimeUse(ReportContent content, TaskWatch watch) {

  List<Html> html() {
    List<Html> all = new ArrayList<>();
    List<Span> spans = content.timeline.spans(System.currentTimeMillis());
    if (spans.isEmpty()) {
      return all;
    }
    all.add(Element.of("h2", "Where the time went"));
    if (content.times.total() > 0) {
      all.add(stages());
    }
    all.add(new TimelineChart(spans, watch::name).html());
    return all;
  }

  private Html stages() {
    double total = content.times.total();
    Element bar = Plot.svg(1000, 24).with("role", "img").with("aria-label", "time by stage");
    Element legend = Element.of("ul").classed("legend");
    double at = 0;
    int colour = 0;
    for (Stage stage : Stage.values()) {
      double share = content.times.of(stage) / total;
      bar =
          bar.add(
              Element.of("rect", Element.of("title", name(stage)))
                  .classed("c" + colour)
                  .with("x", Plot.coordinate(1000 * at))
                  .with("y", "0")
                  .with("width", Plot.coordinate(1000 * share))
                  .with("height", "24"));
      legend =
          legend.add(
              TimelineChart.entry(
                  "%s %s, %.0f %%"
                      .formatted(name(stage), Durations.of(content.times.of(stage)), 100 * share),
                  colour));
      at += share;
      colour++;
    }
    return Element.of(
            "figure",
            Element.of(
                "figcaption",
                Element.of("strong", "Stages"),
                Html.text(" "),
                Element.of("span", "%s of work in all tasks".formatted(Durations.of(total)))
                    .classed("soft")),
            Element.of("div", bar).classed("stages"),
            legend)
        .classed("card chart");
  }

  private static String name(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }
}
