package io.reverie.jobs.page;

import java.util.List;
import java.util.Optional;

/**
 * Parts of pages that {@code page.js} makes interactive; without JavaScript they show all their
 * content.
 */
public final class Widgets {

  private Widgets() {}

  /**
   * A picture that a click enlarges. Enlarged, it can be compared with every other picture of the
   * page, by a slider.
   *
   * @param id unique in the page
   * @param name shown where pictures are compared
   * @param source id of the picture to compare it with first
   */
  public static Element enlargeable(
      Html.Picture picture, String id, String name, Optional<String> source) {
    Element button =
        Element.of("button", picture)
            .classed("picture")
            .with("type", "button")
            .with("id", id)
            .with("data-name", name)
            .with("aria-label", "Enlarge " + name);
    return source.map(s -> button.with("data-source", s)).orElse(button);
  }

  /**
   * Two pictures of one size on top of each other, with a slider between them; without JavaScript
   * they are side by side.
   */
  public static Element slider(
      Html.Picture before, String beforeLabel, Html.Picture after, String afterLabel) {
    return Element.of("div", layer(before, beforeLabel), layer(after, afterLabel))
        .classed("slider");
  }

  private static Element layer(Html.Picture picture, String label) {
    return Element.of("figure", picture, Element.of("figcaption", label)).classed("layer");
  }

  /** A text to copy, such as a command, with a button that does it. */
  public static Element copyable(String label, String text) {
    return Element.of(
            "div",
            Element.of(
                    "div",
                    Element.of("span", label),
                    Element.of("button", "Copy")
                        .classed("copy")
                        .with("type", "button")
                        .with("aria-label", "Copy " + label))
                .classed("copyable-head"),
            Element.of("pre", Element.of("code", text)).with("tabindex", "0"))
        .classed("copyable");
  }

  /** Names and values in two columns. */
  public static Element facts(List<Fact> facts) {
    return Element.of("dl")
        .classed("facts")
        .add(
            facts.stream()
                .map(
                    fact ->
                        Element.of(
                            "div", Element.of("dt", fact.name()), Element.of("dd", fact.value())))
                .toList());
  }

  /** A line of {@link #facts}. */
  public record Fact(String name, String value) {}
}
