package io.reverie.jobs.report;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import java.util.ArrayList;
import java.util.List;

/** The results of a run, failures first, each with its warnings. */
record Results(ReportContent story, Links links) {

  /** Warnings of one result. */
  private static final int MAX_WARNINGS = 20;

  List<Html> html() {
    List<Outcome> shown =
        story.outcomes.values().stream().filter(o -> o.status() != Status.PLANNED).toList();
    List<Html> all = new ArrayList<>();
    if (shown.isEmpty()) {
      return all;
    }
    all.add(Element.of("h2", story.total == 1 ? "Result" : "Results"));
    Element list = Element.of("ul").classed("card results");
    for (Outcome outcome : shown) {
      list = list.add(line(outcome));
    }
    long missing = story.finished + story.kept + story.failed - shown.size();
    all.add(
        missing > 0
            ? list.add(Element.of("li", "and %,d more".formatted(missing)).classed("soft"))
            : list);
    return all;
  }

  private Html line(Outcome outcome) {
    Element line =
        Element.of("li", Element.of("span", word(outcome)).classed("state " + state(outcome)))
            .add(named(outcome));
    if (outcome.status() == Status.FAILED) {
      line =
          line.add(
              Element.of(
                      "p", links.shared(ReportHeader.firstLine(outcome.message()), outcome.input()))
                  .classed("bad"));
    }
    if (outcome.status() == Status.DREAMED) {
      line =
          line.add(
              Element.of(
                      "p",
                      "%s, %s of work"
                          .formatted(
                              Durations.count(outcome.frames(), "frame"),
                              Durations.of(outcome.seconds())))
                  .classed("soft"));
    }
    for (String warning : outcome.warnings().stream().limit(MAX_WARNINGS).toList()) {
      line = line.add(Element.of("p", warning).classed("warning"));
    }
    return line;
  }

  private List<Html> named(Outcome outcome) {
    Html output =
        outcome.status() == Status.FAILED
            ? Html.text(links.name(outcome.output()))
            : links.link(outcome.output());
    return List.of(
        Html.text(links.name(outcome.input())),
        Element.of("span", " \u2192 ").classed("soft"),
        output);
  }

  private static String state(Outcome outcome) {
    return outcome.status() == Status.FAILED ? "failed" : "done";
  }

  private static String word(Outcome outcome) {
    return switch (outcome.status()) {
      case DREAMED -> "dreamed";
      case KEPT -> "kept";
      case FAILED -> "failed";
      case PLANNED -> "planned";
    };
  }
}
