package io.reverie.core.dream.gradient;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.network.graph.Reach;
import java.util.OptionalInt;

/**
 * How to dream images that exceed a device's memory: tile by tile, each with a halo. The grid moves
 * at each step and the gradient is normalised over the whole image, which prevents seams.
 *
 * @param side side of a tile in pixels without its halo, 64 to 65536; images that fit into one tile
 *     are not divided, and 0 disables tiles
 * @param halo pixels added on each side of a tile, 0 to 65536; if empty, 3/8 of the receptive
 *     field, which preserves the gradient's direction
 */
public record Tiling(int side, OptionalInt halo) {

  /** Never divides an image. */
  public static final Tiling NONE = new Tiling(0, OptionalInt.empty());

  private static final int SMALLEST = 64;
  private static final int LARGEST = 65536;

  public Tiling {
    if (side != 0 && (side < SMALLEST || side > LARGEST)) {
      throw new DreamException(
          "tile must be none or from %d to %d px, not %d".formatted(SMALLEST, LARGEST, side));
    }
    if (halo.isPresent() && (halo.getAsInt() < 0 || halo.getAsInt() > LARGEST)) {
      throw new DreamException(
          "halo must be from 0 to %d px, not %d".formatted(LARGEST, halo.getAsInt()));
    }
  }

  /** Returns whether an image (1, H, W, C) is divided. */
  public boolean divides(Shape image) {
    return divides(image.get(1)) || divides(image.get(2));
  }

  public boolean divides(Size size) {
    return divides(size.height()) || divides(size.width());
  }

  public boolean divides(PixelWindow part) {
    return divides(part.height()) || divides(part.width());
  }

  private boolean divides(long pixels) {
    return side > 0 && pixels > side;
  }

  /** Returns the halo in pixels for a layer. */
  int halo(Reach reach) {
    return halo.orElse(reach.field() * 3 / 8);
  }
}
