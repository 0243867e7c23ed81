package io.reverie.core.dream.gradient;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.network.graph.Reach;
import java.util.OptionalInt;

/**
 * How images are dreamed that are too large for a device's memory: tile by tile, each seen with a
 * halo around it. The grid of tiles moves at each step, and the gradient of the whole image is
 * normalised, so that no seams grow.
 *
 * @param side of a tile in pixels, without its halo, 64 to 65536; images of at most this side are
 *     dreamed whole, and with 0 all are
 * @param halo in pixels on each side of a tile, 0 to 65536; empty for a part of what the layers'
 *     cells see that keeps the gradient's direction
 */
public record Tiling(int side, OptionalInt halo) {

  /** Every image whole. */
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

  /** Whether an image (1, H, W, C) is dreamed in tiles. */
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

  /** In pixels, for a layer. */
  int halo(Reach reach) {
    return halo.orElse(reach.field() * 3 / 8);
  }
}
