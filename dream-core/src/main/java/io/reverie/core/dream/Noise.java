package io.reverie.core.dream;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.transform.CounterRng;

/** Creates noise images to draw on. */
public final class Noise {

  private Noise() {}

  /**
   * Returns an image of independent normal values, clipped to 0..255.
   *
   * @param mean in grey levels
   * @param deviation in grey levels, at least 0
   * @param seed equal seeds give equal images
   */
  public static Image image(Size size, double mean, double deviation, long seed) {
    float[] rgb = new float[size.height() * size.width() * 3];
    CounterRng rng = new CounterRng(seed, 0);
    for (int i = 0; i < rgb.length; i++) {
      double value = mean + deviation * rng.normal(0, i, 0);
      rgb[i] = (float) Math.max(0, Math.min(255, value));
    }
    return new Image(size, rgb);
  }
}
