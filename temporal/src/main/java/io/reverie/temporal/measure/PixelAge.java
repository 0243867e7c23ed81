package io.reverie.temporal.measure;

import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.measure.FrameMeasures.Part;
import io.reverie.video.motion.Motion;
import java.util.Arrays;

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
    float[] consistency = motion.consistency();
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        if (consistency[i] < 0.5) {
          frames[i] = 0;
        } else {
          // Faster than Math.round.
          int x = clamp((int) Math.floor(column + v[2 * i] + 0.5), width);
          int y = clamp((int) Math.floor(row + v[2 * i + 1] + 0.5), height);
          frames[i] = before[y * width + x] + 1;
        }
      }
    }
  }

  private static int clamp(int at, int side) {
    return Math.max(0, Math.min(side - 1, at));
  }

  /**
   * Strength by age.
   *
   * @param young over pixels that have been visible for {@link #YOUNG} frames or fewer
   * @param old over those that have been for more than {@link #OLD}
   */
  record Strengths(Part young, Part old) {}

  Strengths strengths(Residual residual) {
    double young = 0;
    double old = 0;
    long youngs = 0;
    long olds = 0;
    float[] rgb = residual.rgb();
    for (int i = 0; i < frames.length; i++) {
      int age = frames[i];
      if (age <= YOUNG) {
        youngs++;
        young += sum(rgb, 3 * i);
      } else if (age > OLD) {
        olds++;
        old += sum(rgb, 3 * i);
      }
    }
    return new Strengths(new Part(young / 3, youngs), new Part(old / 3, olds));
  }

  private static float sum(float[] rgb, int at) {
    return Math.abs(rgb[at]) + Math.abs(rgb[at + 1]) + Math.abs(rgb[at + 2]);
  }
}
