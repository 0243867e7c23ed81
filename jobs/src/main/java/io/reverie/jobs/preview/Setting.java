package io.reverie.jobs.preview;

import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.Recipe;
import java.util.List;

/**
 * Something that a user may write on the command line, and what it sets.
 *
 * @param words on the command line
 */
public record Setting(Rank rank, List<String> words, Overlay overlay) {

  /** The order in which commands merge their settings, wherever they are on the command line. */
  public enum Rank {
    RECIPE,
    CONFIG,
    OPTION,
    LAYER,
    ASSIGNMENT
  }

  public Setting {
    words = List.copyOf(words);
  }

  public static Setting recipe(Recipe recipe) {
    return new Setting(Rank.RECIPE, List.of("--recipe", recipe.name()), recipe.overlay());
  }

  static Setting option(String option, String key, String text) {
    return new Setting(Rank.OPTION, List.of(option, text), Overlay.ofOption(option, key, text));
  }

  static Setting layer(String name) {
    return new Setting(Rank.LAYER, List.of("--layer", name), Overlay.ofLayer(name, "--layers"));
  }

  public static Setting assignment(String text) {
    return new Setting(Rank.ASSIGNMENT, List.of("--set", text), Overlay.ofAssignment(text));
  }

  boolean sets(String key) {
    return overlay.tree().has(key);
  }
}
