package io.reverie.video.motion;

import java.util.Random;

/**
 * A smooth unbounded image: waves of random directions, lengths and phases, whose values between
 * pixels are known exactly.
 */
final class Texture {

  private static final int WAVES = 40;

  private final double[][] waves = new double[WAVES][];

  /**
   * Creates a texture.
   *
   * @param shortest shortest wavelength in pixels; the longest is five times as long
   */
  Texture(long seed, double shortest) {
    Random random = new Random(seed);
    for (int i = 0; i < WAVES; i++) {
      double length = shortest * Math.pow(5, random.nextDouble());
      double direction = 2 * Math.PI * random.nextDouble();
      waves[i] =
          new double[] {
            2 * Math.PI / length * Math.cos(direction),
            2 * Math.PI / length * Math.sin(direction),
            2 * Math.PI * random.nextDouble()
          };
    }
  }

  /** Returns a value of about -100 to 100, mostly within 30 of 0. */
  double at(double x, double y) {
    double sum = 0;
    for (double[] wave : waves) {
      sum += Math.sin(wave[0] * x + wave[1] * y + wave[2]);
    }
    return 6 * sum;
  }

  /** Maps a pixel to its position in the texture. */
  interface Place {
    double[] of(double x, double y);
  }

  /** Samples the texture at the mapped position of each pixel. */
  float[] seen(int width, int height, Place place) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      int row = i / width;
      double[] at = place.of(i - row * width, row);
      values[i] = (float) at(at[0], at[1]);
    }
    return values;
  }

  /** Samples the texture as grey levels. */
  GreyImage grey(int width, int height, Place place) {
    float[] values = seen(width, height, place);
    byte[] levels = new byte[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = level(values[i]);
    }
    return new GreyImage(width, height, levels);
  }

  static byte level(double value) {
    return (byte) Math.round(Math.max(0, Math.min(255, 128 + value)));
  }
}
