package io.reverie.core.dream.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;

/** The colour components that may change. */
public enum ColourMode {
  ALL,
  /** Only the lightness; the photo keeps its colours. */
  LUMA,
  /** Only the colours; the photo keeps its lightness. */
  CHROMA;

  private static final int[] CHANNELS = {3};

  /** Luma weights (ITU-R BT.601). */
  private static final float[] LUMA_WEIGHTS = {0.299f, 0.587f, 0.114f};

  /** Projects a gradient (1, H, W, 3) onto the components that may change. */
  public void restrict(NDArray g, RowBlocks blocks) {
    if (this != ALL) {
      blocks.forEach(g, block -> block.set(g, part(block.of(g))));
    }
  }

  /** Returns the allowed part of a change. */
  public NDArray part(NDArray change) {
    return switch (this) {
      case ALL -> change;
      case LUMA -> change.zerosLike().add(change.mean(CHANNELS, true));
      case CHROMA -> withoutLightness(change);
    };
  }

  private static NDArray withoutLightness(NDArray g) {
    float length = 0;
    for (float part : LUMA_WEIGHTS) {
      length += part * part;
    }
    NDArray lightness =
        g.getManager().create(LUMA_WEIGHTS, new Shape(1, 1, 1, 3)).toType(g.getDataType(), false);
    NDArray along = g.mul(lightness).sum(CHANNELS, true).div(length);
    return g.sub(along.mul(lightness));
  }
}
