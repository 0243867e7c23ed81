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

  /** Restores the ages from a checkpoint. */
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
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        int x = clamp(Math.round(column + v[2 * i]), width);
        int y = clamp(Math.round(row + v[2 * i + 1]), height);
        frames[i] = motion.consistency()[i] < 0.5 ? 0 : before[y * width + x] + 1;
      }
    }
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
    float[] rgb = residual.rgb();
    for (int i = 0; i < frames.length; i++) {
      if (which.test(frames[i])) {
        places++;
        sum += Math.abs(rgb[3 * i]) + Math.abs(rgb[3 * i + 1]) + Math.abs(rgb[3 * i + 2]);
      }
    }
    return new Part(sum / 3, places);
  }
}
