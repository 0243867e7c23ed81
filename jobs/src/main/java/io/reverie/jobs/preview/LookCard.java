package io.reverie.jobs.preview;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.page.Widgets;
import io.reverie.jobs.preview.CellTask.Result;
import io.reverie.jobs.terminal.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One look in the page: its pictures, settings, command, and the time for the whole input.
 *
 * @param row title of its row, which its own title does not repeat
 */
record LookCard(Preview preview, int number, String row) {

  Element element() {
    Cell cell = preview.cells().get(number);
    List<Result> pictures = preview.pictures(number);
    if (pictures.isEmpty()) {
      return Element.of(
              "article", failure(), Element.of("div", heading(false), details()).classed("about"))
          .classed("card look failed");
    }
    Element about = Element.of("div", heading(true)).classed("about");
    if (!cell.look().about().isEmpty()) {
      about = about.add(Element.of("p", cell.look().about()).classed("soft"));
    }
    about =
        about.add(
            Element.of("p", LookFacts.line(cell.whole())).classed("glance"),
            Element.of("p", cost()).classed("cost"));
    if (!preview.failures(number).isEmpty()) {
      about = about.add(failure());
    }
    return Element.of("article", frames(pictures), about.add(details())).classed("card look");
  }

  private Html frames(List<Result> pictures) {
    List<Html> frames = new ArrayList<>();
    preview
        .motion(number)
        .ifPresent(
            moving ->
                frames.add(
                    Widgets.enlargeable(
                        PreviewPage.picture(moving, name() + ", moving"),
                        "m" + number,
                        name() + ", moving",
                        preview.motion(0).map(source -> "m0"))));
    for (Result result : pictures) {
      String at = preview.subject().picture(result.picture());
      String name = at.isEmpty() ? name() : name() + ", " + at;
      frames.add(
          Widgets.enlargeable(
              PreviewPage.picture(result, name),
              PreviewPage.id(number, result.picture()),
              name,
              Optional.of(PreviewPage.id(0, result.picture()))));
    }
    return Element.of("div").classed("frames").add(frames);
  }

  private String name() {
    return preview.cells().get(number).look().name();
  }

  private Element heading(boolean comparable) {
    String title = name().startsWith(row + ", ") ? name().substring(row.length() + 2) : name();
    Element heading = Element.of("div", Element.of("h3", title)).classed("heading");
    return comparable
        ? heading.add(
            Element.of("button", "Compare")
                .classed("pick needs-script")
                .with("type", "button")
                .with("aria-pressed", "false")
                .with("aria-label", "Compare " + name())
                .with("data-picture", PreviewPage.id(number, firstPicture())))
        : heading;
  }

  private int firstPicture() {
    return preview.pictures(number).get(0).picture();
  }

  private String cost() {
    String whole =
        preview.subject().command().equals("video") ? "The whole video" : "The whole picture";
    return "%s: about %s here".formatted(whole, EstimatedTime.text(preview.wholeSeconds(number)));
  }

  private Element failure() {
    return Element.of("p", Redaction.of(String.join("; ", preview.failures(number))))
        .classed("bad");
  }

  private Element details() {
    Cell cell = preview.cells().get(number);
    Element details =
        Element.of(
            "details",
            Element.of("summary", "Settings and command"),
            PreviewPage.facts(cell),
            Widgets.copyable("Command", cell.command(preview.request().input(), preview.subject())),
            Widgets.copyable("YAML for --config", cell.look().yaml()));
    List<Html> warnings =
        preview.warnings(number).stream().<Html>map(w -> Element.of("li", w)).toList();
    return warnings.isEmpty()
        ? details
        : details.add(Element.of("ul").classed("soft").add(warnings));
  }
}
