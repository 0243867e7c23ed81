package io.reverie.video.motion;

import java.util.Random;

/**
 * A smooth picture without end: waves of random directions, lengths and phases, so that its value
 * between pixels is known exactly.
 */
final class Texture {

  private static final int WAVES = 40;

  private final double[][] waves = new double[WAVES][];

  /**
   * Makes a picture.
   *
   * @param shortest wave in pixels; the longest has five times as many
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

  /** About -100 to 100, mostly within 30 of 0. */
  double at(double x, double y) {
    double sum = 0;
    for (double[] wave : waves) {
      sum += Math.sin(wave[0] * x + wave[1] * y + wave[2]);
    }
    return 6 * sum;
  }

  /** Where a pixel's value is taken from. */
  interface Place {
    double[] of(double x, double y);
  }

  /** What is seen where every pixel shows the texture at another place. */
  float[] seen(int width, int height, Place place) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      int row = i / width;
      double[] at = place.of(i - row * width, row);
      values[i] = (float) at(at[0], at[1]);
    }
    return values;
  }

  /** The same as levels of grey. */
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
