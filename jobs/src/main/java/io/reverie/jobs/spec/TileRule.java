package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * The side of tiles as the user gives it: pixels, {@code none}, or {@code auto}.
 *
 * @param text as given
 */
public record TileRule(@JsonValue String text) implements Serializable {

  private static final String AUTO = "auto";
  private static final String NONE = "none";

  /** Memory for a tile and its halo, with some room, and the side that it is enough for. */
  private enum Fit {
    LARGE(2048, 24L << 30),
    MIDDLE(1024, 3L << 30),
    SMALL(512, 0);

    private final int side;
    private final long bytes;

    Fit(int side, long bytes) {
      this.side = side;
      this.bytes = bytes;
    }
  }

  public TileRule {
    if (!text.equals(AUTO) && !text.equals(NONE)) {
      new Tiling(pixels(text), OptionalInt.empty());
    }
  }

  /** From a setting, which may be text or a plain number. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static TileRule of(JsonNode setting) {
    return new TileRule(setting.asText());
  }

  private static int pixels(String text) {
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw UserException.usage(
          "tile is auto, none or pixels such as 1024, not '%s'".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private boolean isAuto() {
    return text.equals(AUTO);
  }

  /** What {@code auto} is where there can be no tiles. */
  TileRule orNone() {
    return isAuto() ? new TileRule(NONE) : this;
  }

  /**
   * What {@code auto} is where a task has so much memory. Few different sides, so that one recipe
   * is seldom another elsewhere.
   */
  TileRule in(long bytes) {
    if (!isAuto()) {
      return this;
    }
    for (Fit fit : Fit.values()) {
      if (bytes >= fit.bytes) {
        return new TileRule(Integer.toString(fit.side));
      }
    }
    throw new IllegalArgumentException("no memory at all: " + bytes);
  }

  /** The side in pixels; 0 for none. */
  int side() {
    if (isAuto()) {
      throw new IllegalStateException("the side of tiles has not been chosen yet");
    }
    return text.equals(NONE) ? 0 : pixels(text);
  }
}
