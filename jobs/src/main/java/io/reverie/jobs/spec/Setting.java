package io.reverie.jobs.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Something that a user may write on the command line, and what it sets.
 *
 * @param words on the command line; empty if it comes from elsewhere
 */
public record Setting(Rank rank, List<String> words, Overlay overlay) {

  /**
   * The sources of settings in ascending order of precedence, wherever they are on the command
   * line.
   */
  public enum Rank {
    RECIPE,
    CONFIG,
    OPTION,
    LAYER,
    /** An option of a single command, such as {@code --cuts}. */
    COMMAND,
    ASSIGNMENT,
    /** A row of a list of inputs. */
    ROW
  }

  public Setting {
    words = List.copyOf(words);
  }

  public static Setting recipe(Recipe recipe) {
    return new Setting(Rank.RECIPE, List.of("--recipe", recipe.name()), recipe.overlay());
  }

  public static Setting option(String option, String key, String text) {
    return new Setting(Rank.OPTION, List.of(option, text), Overlay.ofOption(option, key, text));
  }

  public static Setting layer(String name) {
    return new Setting(Rank.LAYER, List.of("--layer", name), Overlay.ofLayer(name, "--layers"));
  }

  public static Setting assignment(String text) {
    return new Setting(Rank.ASSIGNMENT, List.of("--set", text), Overlay.ofAssignment(text));
  }

  /** What the settings set, in ascending order of precedence. */
  public static List<Overlay> overlays(Collection<Setting> settings) {
    return settings.stream()
        .sorted(Comparator.comparing(Setting::rank))
        .map(Setting::overlay)
        .toList();
  }

  public boolean sets(String key) {
    return overlay.tree().has(key);
  }
}
