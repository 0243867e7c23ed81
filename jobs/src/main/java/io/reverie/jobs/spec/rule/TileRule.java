package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.OptionalInt;

/** The side of tiles: pixels, {@code none}, or {@code auto}. */
public record TileRule(@JsonValue String text) implements Serializable {

  private static final String AUTO = "auto";
  private static final String NONE = "none";

  /** The largest side for a task's memory; a tile and its halo fit with a margin. */
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

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static TileRule of(JsonNode setting) {
    return new TileRule(setting.asText());
  }

  private static int pixels(String text) {
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw UserException.usage(
          "invalid tile '%s'; expected auto, none or pixels such as 1024".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private boolean isAuto() {
    return text.equals(AUTO);
  }

  /** Resolves {@code auto} where tiles are impossible. */
  public TileRule orNone() {
    return isAuto() ? new TileRule(NONE) : this;
  }

  /**
   * Resolves {@code auto} for a task's memory. There are only a few sides, because the side is part
   * of a result's id, which should rarely differ between machines.
   */
  public TileRule in(long bytes) {
    if (!isAuto()) {
      return this;
    }
    for (Fit fit : Fit.values()) {
      if (bytes >= fit.bytes) {
        return new TileRule(Integer.toString(fit.side));
      }
    }
    throw new IllegalArgumentException("no memory: " + bytes);
  }

  /** In pixels; 0 for none. */
  public int side() {
    if (isAuto()) {
      throw new IllegalStateException("tile: auto is not resolved yet");
    }
    return text.equals(NONE) ? 0 : pixels(text);
  }
}
