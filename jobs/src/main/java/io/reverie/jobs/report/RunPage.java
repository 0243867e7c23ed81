package io.reverie.jobs.report;

import io.reverie.jobs.page.Asset;
import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.page.Page;
import io.reverie.jobs.page.Widgets;
import io.reverie.jobs.page.Widgets.Fact;
import io.reverie.jobs.provenance.ProgramInfo;
import io.reverie.jobs.report.ReportContent.FilmStory;
import io.reverie.jobs.report.ReportContent.State;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The HTML report of a run of {@code video}, {@code images}, {@code draw} or {@code zoom}. */
final class RunPage {

  static final List<Asset> ASSETS =
      List.of(Asset.of(RunPage.class, "report.css"), Asset.of(RunPage.class, "report.js"));

  /** Seconds after which an open page loads itself again while the run works. */
  static final int REFRESH = 2 * PeriodicWriter.SECONDS;

  private final ReportedRun run;
  private final Links links;
  private final RunSettings settings;

  RunPage(ReportedRun run, Location page) {
    this.run = run;
    this.links = new Links(page);
    this.settings = RunSettings.of(run.command(), run.resolved(), page);
  }

  /** Renders what is known so far. */
  byte[] of(ReportContent content, TaskWatch watch) {
    synchronized (content) {
      List<Html> body = new ArrayList<>();
      body.add(new ReportHeader(run.command(), name(content), content, watch).html());
      body.addAll(counts(content));
      body.addAll(new PictureSection(content, links).html());
      body.addAll(curves(content));
      body.addAll(new TimeUse(content, watch).html());
      body.addAll(new Results(content, links).html());
      body.addAll(waiting(content));
      body.addAll(settings(content));
      body.add(footer(content));
      return Page.of(name(content) + " \u00b7 " + ReportFile.GENERATOR, ASSETS, body)
          .playing()
          .refreshing(
              content.state == State.RUNNING ? OptionalInt.of(REFRESH) : OptionalInt.empty())
          .bytes();
    }
  }

  private String name(ReportContent content) {
    return content
        .only()
        .map(item -> links.name(item.output().text()))
        .orElseGet(() -> run.output().name());
  }

  private static List<Html> counts(ReportContent content) {
    Element list = Element.of("ul").classed("counts");
    for (Map.Entry<String, Long> entry : content.counts.entrySet()) {
      boolean bad = entry.getKey().equals("failed") && entry.getValue() > 0;
      list =
          list.add(
              Element.of(
                      "li",
                      Element.of("strong", "%,d".formatted(entry.getValue())),
                      Html.text(entry.getKey()))
                  .classed(bad ? "card bad" : "card"));
    }
    return content.counts.isEmpty() ? List.of() : List.of(list);
  }

  private List<Html> waiting(ReportContent content) {
    if (content.waiting.isEmpty()) {
      return List.of();
    }
    Element list = Element.of("ul").classed("card results");
    for (ReportContent.Waiting each : content.waiting) {
      Element line =
          Element.of(
              "li",
              Element.of("span", each.state()).classed("state waiting"),
              Html.text(links.name(each.input())));
      list =
          list.add(
              each.reason().isEmpty()
                  ? line
                  : line.add(Element.of("p", links.shared(each.reason(), each.input()))));
    }
    return List.of(Element.of("h2", "Waiting"), list);
  }

  private static List<Html> curves(ReportContent content) {
    List<Html> all = new ArrayList<>();
    for (FilmStory film : content.films.values()) {
      FilmPlan plan = film.plan;
      if (film.strength.points().isEmpty()) {
        continue;
      }
      String of = content.films.size() > 1 ? ", " + Location.of(plan.output()).name() : "";
      List<Double> marks =
          plan.shots().stream().skip(1).map(s -> (double) s.first() / plan.frames()).toList();
      all.add(
          new Plot(
                  "Flicker" + of,
                  "change between frames that motion does not explain; lower is steadier",
                  film.flicker,
                  plan.start(),
                  plan.seconds(),
                  marks)
              .html());
      all.add(
          new Plot(
                  "Strength" + of,
                  "mean difference between dream and source, in grey levels",
                  film.strength,
                  plan.start(),
                  plan.seconds(),
                  marks)
              .html());
    }
    if (!all.isEmpty()) {
      all.add(0, Element.of("h2", "Over time"));
    }
    return all;
  }

  private List<Html> settings(ReportContent content) {
    List<Html> all = new ArrayList<>();
    all.add(Element.of("h2", "Reproduce"));
    Element card = Element.of("div").classed("card padded");
    if (run.list().isPresent()) {
      all.add(card.add(Html.text(settingsOf(run.list().get()))));
      return all;
    }
    Optional<WorkItem> only = content.only();
    List<String> inputs =
        only.map(item -> List.of(Commands.input(item, links)))
            .orElse(List.of(run.command().equals("sync") ? "IN" : "INPUT..."));
    if (only.isPresent() && !run.command().equals("draw")) {
      card = card.add(Widgets.copyable("The same frames", Commands.rerun(only.get())));
    }
    if (!run.command().equals("draw")) {
      card =
          card.add(
              Widgets.copyable(
                  settings.isDefault()
                      ? "The same settings"
                      : "The same settings, with the file below",
                  Commands.again(run.command(), settings.isDefault(), inputs, run.output())));
    }
    if (!settings.isDefault()) {
      card = card.add(Widgets.copyable("settings.yaml", RunSettings.yaml(settings.changed())));
    }
    all.add(card.add(allSettings()));
    return all;
  }

  private Html allSettings() {
    return Element.of(
        "details",
        Element.of("summary", "All settings"),
        Widgets.facts(
            List.of(
                new Fact("id", settings.id()),
                new Fact("network", settings.network()),
                new Fact("weights, SHA-256", settings.weights()))),
        Widgets.copyable("YAML", RunSettings.yaml(settings.all())));
  }

  private static String settingsOf(String list) {
    return "%s gives each result settings of its own; the file beside a result records them."
        .formatted(Location.of(list).name());
  }

  private static Html footer(ReportContent content) {
    long now = System.currentTimeMillis();
    return Element.of(
            "footer",
            "Reverie %s. Started on %s; this page was written on %s."
                .formatted(ProgramInfo.THIS, Durations.clock(content.began), Durations.clock(now)))
        .classed("soft");
  }
}
