package io.reverie.jobs.spec;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.SpecLoader.Overlay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Settings that Reverie brings, under a name.
 *
 * @param yaml whose first lines are comments: a title, and how it is called
 */
public record Recipe(String name, String yaml) {

  private static final String FOLDER = "recipes/";

  /** All names, in the order in which they are shown. */
  public static List<String> names() {
    return text("index").lines().toList();
  }

  /**
   * Finds one.
   *
   * @throws UserException if there is none of this name
   */
  public static Recipe of(String name) {
    if (!names().contains(name)) {
      throw UserException.usage(
          "there is no recipe '%s'; there are %s".formatted(name, String.join(", ", names())));
    }
    return new Recipe(name, text(name + ".yaml"));
  }

  /** What it is good for. */
  public String title() {
    return comment(0);
  }

  /** A command that uses it. */
  public String command() {
    return comment(1);
  }

  private String comment(int line) {
    return yaml.lines().skip(line).findFirst().orElseThrow().substring("# ".length());
  }

  /** To be laid over the defaults. */
  public Overlay overlay() {
    return new Overlay(yaml, "recipe " + name);
  }

  private static String text(String file) {
    try (InputStream in = Recipe.class.getResourceAsStream(FOLDER + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
