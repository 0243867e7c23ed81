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
  CHROMA,
  /** Both, but the colours a third as much as a network would change them. */
  MUTED;

  private static final double MUTED_SHARE = 0.35;

  private static final int[] CHANNELS = {3};

  /** Luma weights (ITU-R BT.601). */
  private static final float[] LUMA_WEIGHTS = {0.299f, 0.587f, 0.114f};

  /** Projects a gradient (1, H, W, 3) onto the components that may change. */
  public void restrict(NDArray g, RowBlocks blocks) {
    if (this == LUMA || this == CHROMA) {
      blocks.forEach(g, block -> block.set(g, part(block.of(g))));
    }
  }

  /**
   * Weakens the colours of a step (1, H, W, 3) if they are to be muted, and keeps its mean
   * magnitude of 1. Unlike {@link #restrict}, doing so twice is not the same as once.
   */
  public void mute(NDArray step, RowBlocks blocks) {
    if (this != MUTED) {
      return;
    }
    blocks.forEach(
        step,
        block -> {
          NDArray g = block.of(step);
          NDArray grey = g.mean(CHANNELS, true);
          block.set(step, g.sub(grey).mul(MUTED_SHARE).add(grey));
        });
    double mean = blocks.meanAbs(step);
    if (mean > 0) {
      step.muli(1 / mean);
    }
  }

  /** Returns the allowed part of a change. */
  public NDArray part(NDArray change) {
    return switch (this) {
      case ALL, MUTED -> change;
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
