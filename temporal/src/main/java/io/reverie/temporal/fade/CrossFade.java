package io.reverie.temporal.fade;

import io.reverie.core.dream.image.Residual;

/**
 * Cross-fades two dreams of the same frames. The dreams have little in common, so a plain mixture
 * would be weaker than either; the mixture is amplified to the strength of both.
 *
 * <p>With the weight {@code a = (i + 1) / (n + 1)} of the later dream and rho their correlation,
 * {@code mix = ((1 - a) A + a B) / sqrt((1 - a)^2 + a^2 + 2 rho a (1 - a))}; if the strengths
 * differ, the strength changes linearly from one to the other.
 *
 * @param frames n, the number of shared frames, at least 1
 * @param early root mean square of the earlier dream over all shared frames
 * @param late root mean square of the later dream over all shared frames
 * @param correlation of the two dreams, -1 to 1
 */
public record CrossFade(int frames, double early, double late, double correlation) {

  private static final double ROUNDING = 1e-9;

  public CrossFade {
    if (frames < 1 || !(early >= 0 && late >= 0 && Math.abs(correlation) <= 1 + ROUNDING)) {
      throw new IllegalArgumentException(
          "%d frames of strengths %s and %s with a correlation of %s cannot be faded"
              .formatted(frames, early, late, correlation));
    }
  }

  /**
   * Mixes two dreams of one frame.
   *
   * @param i position of the frame among the shared ones, from 0
   */
  public Residual mix(Residual a, Residual b, int i) {
    double weight = (i + 1.0) / (frames + 1);
    double gain = gain(weight);
    float[] rgb = new float[a.rgb().length];
    for (int j = 0; j < rgb.length; j++) {
      rgb[j] = (float) (gain * ((1 - weight) * a.rgb()[j] + weight * b.rgb()[j]));
    }
    return new Residual(a.size(), rgb);
  }

  private double gain(double weight) {
    double first = (1 - weight) * early;
    double second = weight * late;
    double mixed = first * first + second * second + 2 * correlation * first * second;
    return mixed > 0 ? (first + second) / Math.sqrt(mixed) : 1;
  }

  /** Collects strengths and correlation over all shared frames. */
  public static final class Measuring {

    private double early;
    private double late;
    private double both;
    private long values;

    /** Adds the residuals of both dreams of one frame. */
    public void add(Residual a, Residual b) {
      for (int i = 0; i < a.rgb().length; i++) {
        double x = a.rgb()[i];
        double y = b.rgb()[i];
        early += x * x;
        late += y * y;
        both += x * y;
      }
      values += a.rgb().length;
    }

    /**
     * Returns the cross-fade.
     *
     * @param frames number of shared frames, including missing ones
     */
    public CrossFade fade(int frames) {
      double correlation = early > 0 && late > 0 ? both / Math.sqrt(early * late) : 1;
      double count = Math.max(1, (double) values);
      return new CrossFade(frames, Math.sqrt(early / count), Math.sqrt(late / count), correlation);
    }
  }
}
