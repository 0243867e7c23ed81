package io.reverie.temporal.zoom;

import io.reverie.core.Image;
import io.reverie.core.Size;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * How bright and how colourful a picture is, and what contrast it has at each fineness, in grey
 * levels: what a dive keeps while its content changes. It is told of brightness, red against green,
 * and blue against yellow: pictures may have the same red, green and blue, one of them in greys and
 * the other in all colours of the rainbow.
 *
 * @param mean of the three
 * @param contrast the standard deviation of each band, the finest first, of the three
 */
public record Tone(double[] mean, double[][] contrast) {

  private static final int COLOURS = 3;

  /** A band of less contrast is not stretched: that would only bring out its rounding. */
  private static final double FLAT = 0.5;

  /** Between those of several photos that were dreamed once: the same at each fineness. */
  private static final double[] USUAL = {12, 6, 6};

  private static final double[] USUAL_REST = {25, 15, 15};

  /** That of no picture in particular, for what begins as noise and has none to keep. */
  public static Tone usual(Size size) {
    int bands = ToneBands.count(size);
    double[][] contrast = new double[bands + 1][];
    Arrays.fill(contrast, USUAL);
    contrast[bands] = USUAL_REST;
    return new Tone(new double[] {120, 0, 0}, contrast);
  }

  /** That of a picture. */
  public static Tone of(Image image) {
    int rest = ToneBands.count(image.size());
    double[][] means = new double[rest + 1][];
    double[][] contrast = new double[rest + 1][];
    ToneBands.split(
        opponent(image),
        image.size(),
        (k, band) -> {
          means[k] = means(band);
          contrast[k] = deviations(band, means[k]);
        });
    return new Tone(means[rest], contrast);
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
   * Brings a picture of the same size nearer to this; what leaves 0..255 is clipped.
   *
   * @param share of the way, 0 to 1
   */
  public Image pull(Image image, double share) {
    if (share == 0) {
      return image;
    }
    float[] sum = new float[image.rgb().length];
    ToneBands.split(opponent(image), image.size(), (k, band) -> add(share, k, band, sum));
    return new Image(image.size(), colours(sum));
  }

  /** Only the rest, which is the last, has a mean to be moved. */
  private void add(double share, int k, float[] band, float[] sum) {
    boolean rest = k == contrast.length - 1;
    double[] own = means(band);
    double[] deviations = deviations(band, own);
    double[] middle = rest ? own : new double[COLOURS];
    double[] wanted = rest ? mean : middle;
    for (int i = 0; i < band.length; i++) {
      int c = i % COLOURS;
      double full = deviations[c] < FLAT ? 1 : contrast[k][c] / deviations[c];
      double gain = 1 + share * (full - 1);
      double to = middle[c] + share * (wanted[c] - middle[c]);
      sum[i] += (float) (to + gain * (band[i] - middle[c]));
    }
  }

  /**
   * A tone between this and another.
   *
   * @param weight of the other, 0 to 1
   */
  public Tone towards(Tone other, double weight) {
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
   * Reads it back.
   *
   * @param bands how many there are beside the rest
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
