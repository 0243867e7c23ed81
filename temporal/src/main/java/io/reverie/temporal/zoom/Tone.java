package io.reverie.temporal.zoom;

import io.reverie.core.Image;
import io.reverie.core.Size;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The tone of an image: mean and contrast per frequency band of brightness, red-green and
 * blue-yellow, in grey levels. A zoom keeps it while the content changes. Opponent colours are used
 * because a grey image and a rainbow can have equal statistics in red, green and blue.
 *
 * @param mean of the three components
 * @param contrast standard deviation of the three components per band, finest first
 */
public record Tone(double[] mean, double[][] contrast) {

  private static final int COLOURS = 3;

  /** Bands with less contrast are not stretched, because that would amplify rounding errors. */
  private static final double FLAT = 0.5;

  /** Typical contrasts of dreamed photos, equal in all bands. */
  private static final double[] USUAL = {12, 6, 6};

  private static final double[] USUAL_REST = {25, 15, 15};

  public Tone {
    if (mean.length != COLOURS || Arrays.stream(contrast).anyMatch(b -> b.length != COLOURS)) {
      throw new IllegalArgumentException(
          "a tone has three components, not %d".formatted(mean.length));
    }
  }

  /** Returns a typical tone, for a zoom that starts from noise. */
  public static Tone usual(Size size) {
    int bands = ToneBands.count(size);
    double[][] contrast = new double[bands + 1][];
    Arrays.fill(contrast, USUAL);
    contrast[bands] = USUAL_REST;
    return new Tone(new double[] {120, 0, 0}, contrast);
  }

  /** Measures the tone of an image. */
  public static Tone of(Image image) {
    int residue = ToneBands.count(image.size());
    double[][] means = new double[residue + 1][];
    double[][] contrast = new double[residue + 1][];
    ToneBands.split(
        opponent(image),
        image.size(),
        (k, band) -> {
          means[k] = means(band);
          contrast[k] = deviations(band, means[k]);
        });
    return new Tone(means[residue], contrast);
  }

  private static float[] opponent(Image image) {
    float[] rgb = image.rgb();
    float[] opponent = new float[rgb.length];
    for (int i = 0; i < rgb.length; i += COLOURS) {
      opponent[i] = (rgb[i] + rgb[i + 1] + rgb[i + 2]) / 3;
      opponent[i + 1] = rgb[i] - rgb[i + 1];
      opponent[i + 2] = rgb[i + 2] - (rgb[i] + rgb[i + 1]) / 2;
    }
    return opponent;
  }

  private static float[] colours(float[] opponent) {
    float[] rgb = new float[opponent.length];
    for (int i = 0; i < rgb.length; i += COLOURS) {
      float green = opponent[i] - opponent[i + 1] / 2 - opponent[i + 2] / 3;
      rgb[i] = clipped(green + opponent[i + 1]);
      rgb[i + 1] = clipped(green);
      rgb[i + 2] = clipped(green + opponent[i + 1] / 2 + opponent[i + 2]);
    }
    return rgb;
  }

  private static float clipped(float value) {
    return Math.max(0, Math.min(255, value));
  }

  private static double[] means(float[] plane) {
    double[] sums = new double[COLOURS];
    for (int i = 0; i < plane.length; i++) {
      sums[i % COLOURS] += plane[i];
    }
    for (int c = 0; c < COLOURS; c++) {
      sums[c] = sums[c] * COLOURS / plane.length;
    }
    return sums;
  }

  private static double[] deviations(float[] band, double[] middle) {
    double[] deviations = new double[COLOURS];
    for (int i = 0; i < band.length; i++) {
      double off = band[i] - middle[i % COLOURS];
      deviations[i % COLOURS] += off * off;
    }
    for (int c = 0; c < COLOURS; c++) {
      deviations[c] = Math.sqrt(deviations[c] * COLOURS / band.length);
    }
    return deviations;
  }

  /**
   * Moves an image of the same size towards this tone; values outside 0..255 are clipped.
   *
   * @param share share of the difference, 0 to 1
   */
  public Image pull(Image image, double share) {
    if (share == 0) {
      return image;
    }
    float[] sum = new float[image.rgb().length];
    ToneBands.split(opponent(image), image.size(), (k, band) -> add(share, k, band, sum));
    return new Image(image.size(), colours(sum));
  }

  /** Adds an adjusted band. Only the last band, the residue, has a mean to adjust. */
  private void add(double share, int k, float[] band, float[] sum) {
    boolean residue = k == contrast.length - 1;
    double[] means = means(band);
    double[] deviations = deviations(band, means);
    double[] middle = residue ? means : new double[COLOURS];
    double[] target = residue ? mean : middle;
    for (int i = 0; i < band.length; i++) {
      int c = i % COLOURS;
      double full = deviations[c] < FLAT ? 1 : contrast[k][c] / deviations[c];
      double gain = 1 + share * (full - 1);
      double to = middle[c] + share * (target[c] - middle[c]);
      sum[i] += (float) (to + gain * (band[i] - middle[c]));
    }
  }

  /**
   * Interpolates between this tone and another.
   *
   * @param weight of the other tone, 0 to 1
   */
  public Tone interpolate(Tone other, double weight) {
    double[] means = new double[COLOURS];
    double[][] contrasts = new double[contrast.length][COLOURS];
    for (int c = 0; c < COLOURS; c++) {
      means[c] = (1 - weight) * mean[c] + weight * other.mean[c];
      for (int k = 0; k < contrast.length; k++) {
        contrasts[k][c] = (1 - weight) * contrast[k][c] + weight * other.contrast[k][c];
      }
    }
    return new Tone(means, contrasts);
  }

  void write(DataOutputStream out) throws IOException {
    for (int c = 0; c < COLOURS; c++) {
      out.writeDouble(mean[c]);
      for (double[] band : contrast) {
        out.writeDouble(band[c]);
      }
    }
  }

  /**
   * Reads a tone.
   *
   * @param bands number of bands without the residue
   */
  static Tone read(DataInputStream in, int bands) throws IOException {
    double[] mean = new double[COLOURS];
    double[][] contrast = new double[bands + 1][COLOURS];
    for (int c = 0; c < COLOURS; c++) {
      mean[c] = in.readDouble();
      for (double[] band : contrast) {
        band[c] = in.readDouble();
      }
    }
    return new Tone(mean, contrast);
  }
}
