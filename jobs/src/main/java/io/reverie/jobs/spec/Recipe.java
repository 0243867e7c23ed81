package io.reverie.jobs.spec;

import io.reverie.core.text.NearestNames;
import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Named settings that Reverie includes.
 *
 * @param yaml begins with two comment lines: a title and an example command
 */
public record Recipe(String name, String yaml) {

  private static final String FOLDER = "recipes/";

  /** All names, in display order. */
  public static List<String> names() {
    return text("index").lines().toList();
  }

  /**
   * Finds a recipe.
   *
   * @throws UserException if there is no such recipe
   */
  public static Recipe of(String name) {
    if (!names().contains(name)) {
      throw UserException.usage(
          "no recipe '%s'%s; choose one of %s"
              .formatted(name, NearestNames.question(names(), name), String.join(", ", names())));
    }
    return new Recipe(name, text(name + ".yaml"));
  }

  public String title() {
    return comment(0);
  }

  /** A command that uses the recipe. */
  public String example() {
    return comment(1);
  }

  private String comment(int line) {
    return yaml.lines().skip(line).findFirst().orElseThrow().substring("# ".length());
  }

  public Overlay overlay() {
    return Overlay.ofYaml(yaml, "recipe " + name);
  }

  private static String text(String file) {
    try (InputStream in = Recipe.class.getResourceAsStream(FOLDER + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
