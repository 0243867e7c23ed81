package io.reverie.core.dream;

import io.reverie.core.Image;
import io.reverie.core.Size;
import java.util.SplittableRandom;

/** Images and measures that tests of dreams share. */
public final class TestDreams {

  private TestDreams() {}

  /** Returns noise in the middle of the range, so a few steps clip nothing. */
  public static Image photo(Size size, long seed) {
    float[] rgb = new float[size.height() * size.width() * 3];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (90 + 75 * random.nextDouble());
    }
    return new Image(size, rgb);
  }

  /** Returns the mean magnitude. */
  public static double meanAbs(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum / values.length;
  }
}
