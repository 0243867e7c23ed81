package io.reverie.temporal.fade;

import io.reverie.core.dream.image.Residual;

/**
 * Fades from one dream of a shot to another. Two dreams have little in common: a plain mixture
 * would be weaker than either, so it is made as strong as both are.
 *
 * <p>With the weight {@code a = (i + 1) / (n + 1)} of the later dream and rho their correlation,
 * {@code mix = ((1 - a) A + a B) / sqrt((1 - a)^2 + a^2 + 2 rho a (1 - a))}; where one is stronger,
 * the norm leads from the one's strength to the other's.
 *
 * @param frames n, how many are shared
 * @param early the root mean square of the earlier dream, over all shared frames
 * @param late the same of the later one
 * @param correlation of the two, -1 to 1
 */
public record CrossFade(int frames, double early, double late, double correlation) {

  /**
   * Mixes two dreams of one frame.
   *
   * @param i the frame's position among the shared ones, from 0
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

  /** Measures what a fade needs, from all shared frames. */
  public static final class Measuring {

    private double early;
    private double late;
    private double both;
    private long values;

    /** Adds what two segments dreamed into one frame. */
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
     * The fade.
     *
     * @param frames how many are shared, also those that are missing
     */
    public CrossFade fade(int frames) {
      double correlation = early > 0 && late > 0 ? both / Math.sqrt(early * late) : 1;
      double count = Math.max(1, (double) values);
      return new CrossFade(frames, Math.sqrt(early / count), Math.sqrt(late / count), correlation);
    }
  }
}
