package io.reverie.jobs.report;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.page.PictureBytes;
import io.reverie.jobs.page.Widgets;
import io.reverie.jobs.report.FilmPlan.FilmShot;
import io.reverie.jobs.report.ReportContent.FilmStory;
import io.reverie.jobs.report.ReportContent.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The pictures of a page: the newest frame, the film, shots and stills before and after. */
record PictureSection(ReportContent content, Links links) {

  List<Html> html() {
    List<Html> all = new ArrayList<>();
    if (content.state == State.RUNNING) {
      content.partial.ifPresent(file -> all.add(beginning(file)));
      content.newest.ifPresent(
          newest -> {
            all.add(Element.of("h2", "Newest picture"));
            all.add(Element.of("div", slider(newest)).classed("card hero"));
          });
    }
    for (FilmStory film : content.films.values()) {
      film.film.ifPresent(shown -> all.add(film(film.plan, shown)));
    }
    all.addAll(moments());
    return all;
  }

  private Html beginning(String file) {
    return Element.of("p", Html.text("The finished beginning: "), links.link(file), Html.text("."))
        .classed("note");
  }

  private Html film(FilmPlan plan, Film film) {
    String title = content.films.size() > 1 ? links.name(plan.output()) : "In motion";
    return Element.of(
        "section",
        Element.of("h2", title),
        Element.of(
                "figure",
                new Html.Video(
                    film.mp4(),
                    film.width(),
                    film.height(),
                    "source on the left, dream on the right"),
                Element.of(
                        "figcaption",
                        Html.text(
                            film.whole()
                                ? "Source and dream. Full-size result: "
                                : "Excerpts of source and dream, %s long. Full result: "
                                    .formatted(Durations.of(film.seconds()))),
                        links.link(plan.output()))
                    .classed("soft"))
            .classed("card film"));
  }

  private List<Html> moments() {
    List<Snapshot> shown = new ArrayList<>(content.moments.values());
    shown.sort(Comparator.comparing(Snapshot::output).thenComparingLong(Snapshot::pts));
    if (shown.isEmpty()) {
      return List.of();
    }
    boolean single = content.total == 1;
    Element grid = Element.of("div").classed(shown.size() == 1 ? "moments one" : "moments");
    for (Snapshot each : shown) {
      grid = grid.add(card(each, single));
    }
    List<Html> all = new ArrayList<>();
    all.add(Element.of("h2", title(shown.size())));
    all.add(grid);
    return all;
  }

  private String title(int shown) {
    boolean shots = content.films.values().stream().anyMatch(f -> f.plan.shots().size() > 1);
    if (content.total == 1) {
      return shots ? "Shots" : "Before and after";
    }
    return shown < content.total
        ? "%d of %,d results".formatted(shown, content.total)
        : "Before and after";
  }

  private Html card(Snapshot snapshot, boolean single) {
    Element lines = Element.of("div").classed("moment-text");
    if (!single) {
      lines = lines.add(Element.of("h3", links.link(snapshot.output())));
    }
    Optional<FilmStory> film = Optional.ofNullable(content.films.get(snapshot.output()));
    if (film.isPresent()) {
      lines = lines.add(Element.of("p", facts(snapshot, film.get())).classed("soft"));
    }
    Element card = Element.of("article", slider(snapshot)).classed("card moment");
    return lines.children().isEmpty() ? card : card.add(lines);
  }

  /** Returns where the moment is, and how its shot turned out. */
  private static String facts(Snapshot snapshot, FilmStory film) {
    List<String> facts = new ArrayList<>();
    facts.add(Durations.place(snapshot.seconds()));
    double share =
        film.plan.seconds() > 0
            ? (snapshot.seconds() - film.plan.start()) / film.plan.seconds()
            : 0;
    int position = (int) Math.round(share * film.plan.frames());
    Optional<FilmShot> shot =
        film.plan.shots().stream().filter(s -> s.first() <= position).reduce((a, b) -> b);
    if (shot.isPresent() && film.plan.shots().size() > 1) {
      int first = shot.get().first();
      int end = first + shot.get().frames();
      facts.add(
          "shot %d, %s".formatted(shot.get().number() + 1, Durations.count(end - first, "frame")));
      add("flicker", film.flicker.mean(first, end), facts);
      add("strength", film.strength.mean(first, end), facts);
    }
    return String.join(" \u00b7 ", facts);
  }

  private static void add(String name, double value, List<String> facts) {
    if (Double.isFinite(value)) {
      facts.add(name + " " + Plot.number(value));
    }
  }

  static Element slider(Snapshot snapshot) {
    return Widgets.slider(
        picture(snapshot.before(), snapshot, "source"),
        "source",
        picture(snapshot.after(), snapshot, "dream"),
        "dream");
  }

  private static Html.Picture picture(byte[] jpeg, Snapshot snapshot, String what) {
    return new Html.Picture(
        new PictureBytes("image/jpeg", jpeg), snapshot.width(), snapshot.height(), what);
  }
}
