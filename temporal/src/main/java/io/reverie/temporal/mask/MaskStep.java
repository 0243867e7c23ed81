package io.reverie.temporal.mask;

import io.reverie.core.Image;
import io.reverie.video.motion.GreyImage;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.OpticalFlow;
import io.reverie.video.still.Plane;

/**
 * Tracks a mask from one frame to the next. Where the flow is reliable, the mask is warped.
 * Elsewhere, at motion boundaries and newly uncovered areas, a pixel copies the mask of the
 * reliable pixel nearby that is closest in position and colour. Averaging several would soften
 * edges with every frame.
 *
 * @param previous the previous frame
 * @param current the current frame
 * @param scale resolution of the flow relative to the frame
 */
record MaskStep(Image previous, Image current, OpticalFlow flow, double scale) {

  /** Minimum mean consistency; below it the content has changed and the mask stays in place. */
  private static final double LEAST_IN_COMMON = 0.4;

  /**
   * Sigma in pixels that widens unreliable areas, because smooth flow is also wrong near the edges.
   */
  private static final double DOUBT = 2;

  private static final double TRUSTED = 0.95;

  /** Radius and stride of the search in pixels. */
  private static final int RADIUS = 16;

  private static final int STRIDE = 2;

  /** Colour difference in levels that counts like half the radius. */
  private static final double COLOUR_SCALE = 20;

  Plane of(Plane mask) {
    Motion motion = Motion.between(grey(previous), grey(current), flow, scale);
    if (!motion.isFinite() || motion.meanConsistency() < LEAST_IN_COMMON) {
      return mask;
    }
    float[] warped = Interpolation.LINEAR.warp(mask.values(), 1, motion.backward());
    float[] trust = motion.feathered(DOUBT);
    float[] next = warped.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] = warped[trust[i] > TRUSTED ? i : mostSimilar(trust, i)];
    }
    return new Plane(mask.width(), mask.height(), next);
  }

  /**
   * Returns the reliable pixel most similar to this one; itself if there is none within the radius.
   */
  private int mostSimilar(float[] trust, int place) {
    int width = current.size().width();
    int y = place / width;
    int x = place - y * width;
    int mostSimilar = place;
    double least = Double.POSITIVE_INFINITY;
    for (int dy = -RADIUS; dy <= RADIUS; dy += STRIDE) {
      for (int dx = -RADIUS; dx <= RADIUS; dx += STRIDE) {
        int other = place + dy * width + dx;
        boolean inside =
            y + dy >= 0 && y + dy < current.size().height() && x + dx >= 0 && x + dx < width;
        if (inside && trust[other] > TRUSTED) {
          double far = 4.0 * (dx * dx + dy * dy) / (RADIUS * RADIUS) + colourDistance(place, other);
          mostSimilar = far < least ? other : mostSimilar;
          least = Math.min(far, least);
        }
      }
    }
    return mostSimilar;
  }

  private double colourDistance(int a, int b) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double difference = current.rgb()[3 * a + c] - current.rgb()[3 * b + c];
      sum += difference * difference;
    }
    return sum / (COLOUR_SCALE * COLOUR_SCALE);
  }

  private static GreyImage grey(Image image) {
    return GreyImage.of(image.rgb(), image.size().width(), image.size().height());
  }
}
