package io.reverie.jobs.report;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.report.ReportContent.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The top of a page: what ran, how far it is, and how it ended.
 *
 * @param name of the result or of the folder of results
 */
record ReportHeader(String command, String name, ReportContent story, TaskWatch watch) {

  Html html() {
    Element top =
        Element.of(
                "header",
                Element.of("p", "reverie " + command).classed("eyebrow"),
                Element.of(
                        "div",
                        Element.of("h1", name),
                        Element.of("span", label()).classed("pill " + pill()))
                    .classed("title-row"),
                Element.of("p", String.join(" \u00b7 ", facts())).classed("soft"))
            .classed("report-head");
    if (!story.failure.isEmpty()) {
      top = top.add(Element.of("p", firstLine(story.failure)).classed("alarm"));
    }
    return story.state == State.RUNNING ? top.add(progress()) : top;
  }

  /** A bug has a stack trace, which belongs to the log. */
  static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private String label() {
    return switch (story.state) {
      case RUNNING -> "working";
      case DONE -> "finished";
      case FAILED -> story.finished + story.kept > 0 ? "finished with failures" : "failed";
      case INTERRUPTED -> "interrupted";
    };
  }

  private String pill() {
    return story.state.name().toLowerCase(Locale.ROOT);
  }

  private List<String> facts() {
    List<String> facts = new ArrayList<>();
    if (story.total > 1) {
      facts.add(Durations.count(story.total, "result"));
    }
    story.films.values().stream()
        .limit(story.total == 1 ? 1 : 0)
        .forEach(
            film -> {
              facts.add(Durations.count(film.plan.frames(), "frame"));
              facts.add(film.plan.size());
              if (film.plan.shots().size() > 1) {
                facts.add(Durations.count(film.plan.shots().size(), "shot"));
              }
            });
    add(story.finished, "dreamed", facts);
    add(story.kept, "kept", facts);
    add(story.failed, "failed", facts);
    facts.add((story.state == State.RUNNING ? "for " : "in ") + Durations.of(story.seconds()));
    return facts;
  }

  private void add(long number, String what, List<String> facts) {
    if (number > 0 && story.total > 1) {
      facts.add("%,d %s".formatted(number, what));
    }
  }

  private Html progress() {
    Optional<TaskProgress.State> state = watch.progress().map(TaskProgress::state);
    if (state.isEmpty() && story.toDo > 0) {
      double done = (double) story.finished + story.failed;
      double left = done > 0 ? (story.toDo - done) * story.seconds() / done : Double.NaN;
      state =
          Optional.of(
              new TaskProgress.State("Dreaming", done, (double) story.toDo, "inputs", left));
    }
    if (state.isEmpty()) {
      return Element.of("p", "Preparing\u2026");
    }
    TaskProgress.State now = state.get();
    double share = now.total() > 0 ? Math.min(1, now.done() / now.total()) : 0;
    String left =
        Double.isFinite(now.left()) ? ", about %s left".formatted(Durations.of(now.left())) : "";
    return Element.of(
            "div",
            Element.of("progress", "%.0f %%".formatted(100 * share))
                .with("max", "1")
                .with("value", String.format(Locale.ROOT, "%.4f", share))
                .with("aria-label", now.title()),
            Element.of(
                "p",
                "%s: %,.0f of %,.0f %s%s"
                    .formatted(now.title(), now.done(), now.total(), now.unit(), left)))
        .classed("progress");
  }
}
