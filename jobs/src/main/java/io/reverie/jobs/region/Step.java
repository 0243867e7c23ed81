package io.reverie.jobs.region;

import io.reverie.core.Image;
import io.reverie.video.Plane;
import io.reverie.video.motion.Grey;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.OpticalFlow;

/**
 * A mask's way from one frame to the next. Where the flow can be trusted, it leads the mask;
 * elsewhere, at the edges of what moves and where something was uncovered, a place takes the mask
 * of the trusted places around it that look like it (a joint bilateral filter).
 *
 * @param before a frame
 * @param now the next one
 * @param scale of the grid that the flow is computed on
 */
record Step(Image before, Image now, OpticalFlow flow, double scale) {

  /** Frames with less in common show something else: the mask stays where it is. */
  private static final double LEAST_IN_COMMON = 0.4;

  /** How far is looked around, in pixels, and in what steps. */
  private static final int RADIUS = 16;

  private static final int STRIDE = 2;

  /** Colours that differ by so many levels are not alike. */
  private static final double UNLIKE = 20;

  private static final double TINY = 1e-6;

  Plane of(Plane mask) {
    Motion motion = Motion.between(grey(before), grey(now), flow, scale);
    if (!motion.isFinite() || motion.meanConsistency() < LEAST_IN_COMMON) {
      return mask;
    }
    float[] warped = Interpolation.LINEAR.warp(mask.values(), 1, motion.backward());
    float[] next = warped.clone();
    for (int i = 0; i < next.length; i++) {
      if (!isTrusted(motion, i)) {
        next[i] = alike(warped, motion, i);
      }
    }
    return new Plane(mask.width(), mask.height(), next);
  }

  private static boolean isTrusted(Motion motion, int place) {
    return motion.consistency()[place] > 0.5;
  }

  private float alike(float[] warped, Motion motion, int place) {
    int width = now.size().width();
    int y = place / width;
    int x = place - y * width;
    double sum = 0;
    double weights = 0;
    for (int dy = -RADIUS; dy <= RADIUS; dy += STRIDE) {
      for (int dx = -RADIUS; dx <= RADIUS; dx += STRIDE) {
        int other = place + dy * width + dx;
        boolean inside =
            y + dy >= 0 && y + dy < now.size().height() && x + dx >= 0 && x + dx < width;
        if (inside && isTrusted(motion, other)) {
          double far = 4.0 * (dx * dx + dy * dy) / (RADIUS * RADIUS);
          double weight = Math.exp(-(far + unlikeness(place, other)) / 2);
          sum += weight * warped[other];
          weights += weight;
        }
      }
    }
    return weights > TINY ? (float) (sum / weights) : warped[place];
  }

  private double unlikeness(int a, int b) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double difference = now.rgb()[3 * a + c] - now.rgb()[3 * b + c];
      sum += difference * difference;
    }
    return sum / (UNLIKE * UNLIKE);
  }

  private static Grey grey(Image image) {
    return Grey.of(image.rgb(), image.size().width(), image.size().height());
  }
}
