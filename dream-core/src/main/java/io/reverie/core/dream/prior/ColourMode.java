package io.reverie.core.dream.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;

/** Which part of the colours may change. */
public enum ColourMode {
  ALL,
  /** Lightness alone: the colours of the photo stay. */
  LUMA,
  /** Colours alone: the drawing of the photo stays. */
  CHROMA;

  private static final int[] CHANNELS = {3};

  /** What a colour adds to the lightness (ITU-R BT.601). */
  private static final float[] LIGHTNESS = {0.299f, 0.587f, 0.114f};

  /** Leaves of a gradient (1, H, W, 3) what changes nothing else. */
  public void restrict(NDArray g, RowBlocks strips) {
    if (this != ALL) {
      strips.forEach(g, strip -> strip.set(g, part(strip.of(g))));
    }
  }

  /** What may change of a change of colours. */
  public NDArray part(NDArray change) {
    return switch (this) {
      case ALL -> change;
      case LUMA -> change.zerosLike().add(change.mean(CHANNELS, true));
      case CHROMA -> withoutLightness(change);
    };
  }

  private static NDArray withoutLightness(NDArray g) {
    float length = 0;
    for (float part : LIGHTNESS) {
      length += part * part;
    }
    NDArray lightness =
        g.getManager().create(LIGHTNESS, new Shape(1, 1, 1, 3)).toType(g.getDataType(), false);
    NDArray along = g.mul(lightness).sum(CHANNELS, true).div(length);
    return g.sub(along.mul(lightness));
  }
}
