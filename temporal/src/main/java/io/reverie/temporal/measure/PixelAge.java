package io.reverie.temporal.measure;

import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.measure.FrameMeasures.Part;
import io.reverie.video.motion.Motion;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** The number of frames for which each pixel has been visible. */
final class PixelAge {

  static final int YOUNG = 5;
  static final int OLD = 20;

  /**
   * Age at the start of a shot, where the true age is unknown: neither young nor, for a while, old.
   */
  private static final int UNKNOWN = YOUNG + 1;

  private final int[] frames;
  private final int width;

  PixelAge(int width, int height) {
    this.width = width;
    this.frames = new int[width * height];
    Arrays.fill(frames, UNKNOWN);
  }

  /** Restores ages. */
  void resume(int[] ages) {
    System.arraycopy(ages, 0, frames, 0, frames.length);
  }

  /** Returns a copy of the ages. */
  int[] current() {
    return frames.clone();
  }

  /** Advances the ages by one frame. */
  void move(Motion motion) {
    int[] before = frames.clone();
    int height = frames.length / width;
    float[] v = motion.backward().xy();
    for (int i = 0; i < frames.length; i++) {
      int x = clamp(Math.round(i % width + v[2 * i]), width);
      int y = clamp(Math.round(rowOf(i) + v[2 * i + 1]), height);
      frames[i] = motion.consistency()[i] < 0.5 ? 0 : before[y * width + x] + 1;
    }
  }

  private int rowOf(int i) {
    return i / width;
  }

  private static int clamp(int at, int side) {
    return Math.max(0, Math.min(side - 1, at));
  }

  Part young(Residual residual) {
    return part(residual, age -> age <= YOUNG);
  }

  Part old(Residual residual) {
    return part(residual, age -> age > OLD);
  }

  private Part part(Residual residual, IntPredicate which) {
    double sum = 0;
    long places = 0;
    for (int i = 0; i < frames.length; i++) {
      if (which.test(frames[i])) {
        places++;
        for (int c = 0; c < 3; c++) {
          sum += Math.abs(residual.rgb()[3 * i + c]) / 3;
        }
      }
    }
    return new Part(sum, places);
  }
}
