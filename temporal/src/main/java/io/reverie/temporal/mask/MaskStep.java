package io.reverie.temporal.mask;

import io.reverie.core.Image;
import io.reverie.video.motion.GreyImage;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.OpticalFlow;
import io.reverie.video.still.Plane;

/**
 * A mask's way from one frame to the next. Where the flow can be trusted, it leads the mask;
 * elsewhere, at the edges of what moves and where something was uncovered, a place takes the mask
 * of that trusted place around it which is nearest and looks most like it. A mean of several would
 * soften the edges with every frame.
 *
 * @param before a frame
 * @param now the next one
 * @param scale of the grid that the flow is computed on
 */
record MaskStep(Image before, Image now, OpticalFlow flow, double scale) {

  /** Frames with less in common show something else: the mask stays where it is. */
  private static final double LEAST_IN_COMMON = 0.4;

  /** Flow is smooth, and so is wrong a little beyond the edges where it shows: in pixels. */
  private static final double DOUBT = 2;

  private static final double TRUSTED = 0.95;

  /** How far is looked around, in pixels, and in what steps. */
  private static final int RADIUS = 16;

  private static final int STRIDE = 2;

  /** Colours that differ by so many levels are as unlike as places half the radius apart. */
  private static final double UNLIKE = 20;

  Plane of(Plane mask) {
    Motion motion = Motion.between(grey(before), grey(now), flow, scale);
    if (!motion.isFinite() || motion.meanConsistency() < LEAST_IN_COMMON) {
      return mask;
    }
    float[] warped = Interpolation.LINEAR.warp(mask.values(), 1, motion.backward());
    float[] trust = motion.feathered(DOUBT);
    float[] next = warped.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] = warped[trust[i] > TRUSTED ? i : likest(trust, i)];
    }
    return new Plane(mask.width(), mask.height(), next);
  }

  /** The trusted place that is most like this one; itself if there is none in sight. */
  private int likest(float[] trust, int place) {
    int width = now.size().width();
    int y = place / width;
    int x = place - y * width;
    int likest = place;
    double least = Double.POSITIVE_INFINITY;
    for (int dy = -RADIUS; dy <= RADIUS; dy += STRIDE) {
      for (int dx = -RADIUS; dx <= RADIUS; dx += STRIDE) {
        int other = place + dy * width + dx;
        boolean inside =
            y + dy >= 0 && y + dy < now.size().height() && x + dx >= 0 && x + dx < width;
        if (inside && trust[other] > TRUSTED) {
          double far = 4.0 * (dx * dx + dy * dy) / (RADIUS * RADIUS) + unlikeness(place, other);
          likest = far < least ? other : likest;
          least = Math.min(far, least);
        }
      }
    }
    return likest;
  }

  private double unlikeness(int a, int b) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double difference = now.rgb()[3 * a + c] - now.rgb()[3 * b + c];
      sum += difference * difference;
    }
    return sum / (UNLIKE * UNLIKE);
  }

  private static GreyImage grey(Image image) {
    return GreyImage.of(image.rgb(), image.size().width(), image.size().height());
  }
}
