package io.reverie.jobs.preview;

import io.reverie.core.Size;
import io.reverie.jobs.page.Asset;
import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.page.Page;
import io.reverie.jobs.page.PictureBytes;
import io.reverie.jobs.page.Widgets;
import io.reverie.jobs.page.Widgets.Fact;
import io.reverie.jobs.preview.CellTask.Result;
import io.reverie.jobs.preview.LookPlan.Row;
import io.reverie.jobs.storage.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page of a preview. */
record PreviewPage(Preview preview, String sheetName) {

  private static final List<Asset> ASSETS =
      List.of(
          Asset.of(PreviewPage.class, "preview.css"), Asset.of(PreviewPage.class, "preview.js"));

  Page page() {
    String title = Location.of(preview.request().input()).name();
    List<Html> body = new ArrayList<>();
    body.add(header(title));
    int cell = 1;
    for (Row row : preview.plan().rows()) {
      if (!row.title().isEmpty()) {
        body.add(Element.of("h2", row.title()));
      }
      List<Html> cards = new ArrayList<>();
      for (int i = 0; i < row.looks().size(); i++) {
        cards.add(new LookCard(preview, cell++, row.title()).element());
      }
      body.add(Element.of("div").classed(row.ordered() ? "looks in-order" : "looks").add(cards));
    }
    body.add(footer());
    return Page.of(title + " in " + count() + " looks", ASSETS, body);
  }

  private int count() {
    return preview.cells().size() - 1;
  }

  private Element header(String title) {
    List<Html> notes =
        preview.plan().notes().stream().<Html>map(note -> Element.of("li", note)).toList();
    Element text =
        Element.of(
            "div",
            Element.of("p", "Preview").classed("kind"),
            Element.of("h1", title),
            Element.of("p", summary()).classed("soft"),
            Element.of(
                    "p",
                    "Click a picture to enlarge it. Enlarged, it can be compared with the source or any other look.")
                .classed("soft needs-script"));
    if (isSmaller()) {
      text = text.add(Element.of("p", sizeNote()).classed("soft"));
    }
    if (!notes.isEmpty()) {
      text =
          text.add(
              Element.of(
                      "details",
                      Element.of("summary", notes.size() + " left out"),
                      Element.of("ul").add(notes))
                  .classed("notes soft"));
    }
    return Element.of("header", source(), text).classed("top");
  }

  private Html source() {
    List<Html> pictures = new ArrayList<>();
    preview
        .motion(0)
        .ifPresent(
            moving ->
                pictures.add(
                    Widgets.enlargeable(
                        picture(moving, "Source, moving"),
                        "m0",
                        "Source, moving",
                        Optional.empty())));
    for (Result result : preview.pictures(0)) {
      String at = preview.subject().picture(result.picture());
      String name = at.isEmpty() ? "Source" : "Source, " + at;
      pictures.add(
          Widgets.enlargeable(
              picture(result, name), id(0, result.picture()), name, Optional.empty()));
    }
    return Element.of(
            "figure",
            Element.of("div").classed("frames").add(pictures),
            Element.of("figcaption", "Source").classed("soft"))
        .classed("source");
  }

  private boolean isSmaller() {
    Size source = preview.subject().size();
    return Math.max(source.width(), source.height()) > preview.request().side();
  }

  private String summary() {
    Size source = preview.subject().size();
    return "%d %s of a %s of %s px, dreamed in %s with %d %s at once"
        .formatted(
            count(),
            count() == 1 ? "look" : "looks",
            preview.subject().command().equals("video") ? "video" : "picture",
            source.toString().replace("x", " \u00d7 "),
            EstimatedTime.text(preview.seconds()),
            preview.slots(),
            preview.slots() == 1 ? "task" : "tasks");
  }

  private static String sizeNote() {
    return "The commands use --dream-size to keep the proportions shown here. Without it, shapes keep their size in pixels, so they look smaller in the whole picture, and the run takes longer.";
  }

  private Element footer() {
    return Element.of(
            "footer",
            Html.text("Made by Reverie. All pictures on one contact sheet: "),
            Element.of("span", sheetName))
        .classed("soft");
  }

  static String id(int cell, int picture) {
    return "p" + cell + "-" + picture;
  }

  static Html.Picture picture(Result result, String alternative) {
    return new Html.Picture(
        new PictureBytes(result.type(), result.encoded()),
        result.width(),
        result.height(),
        alternative);
  }

  /** Facts of a look, for its card. */
  static Element facts(Cell cell) {
    return Widgets.facts(
        LookFacts.of(cell.whole()).stream().map(f -> new Fact(f[0], f[1])).toList());
  }
}
