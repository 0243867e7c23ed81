package io.reverie.video.icc;

import java.util.Arrays;
import java.util.Optional;

/** Converts linear light of any primaries and white into that of BT.709, sRGB's. */
public final class LightMatrix {

  /** Chromaticities differ by less than this if they are meant to be the same. */
  private static final double SAME = 1e-4;

  private final double[][] rows;

  private LightMatrix(double[][] rows) {
    this.rows = rows;
  }

  /**
   * Creates a conversion, with Bradford's adaptation of the white.
   *
   * @param xy x and y of red, green, blue and white
   * @return empty if they are those of BT.709
   * @throws ArithmeticException if the primaries span no triangle
   */
  public static Optional<LightMatrix> of(double[] xy) {
    double[] usual = Primaries.BT709.xy();
    boolean same = true;
    for (int i = 0; i < usual.length; i++) {
      same &= Math.abs(xy[i] - usual[i]) < SAME;
    }
    if (same) {
      return Optional.empty();
    }
    double[][] fromD50 = Matrices.inverse(Primaries.BT709.toD50());
    double[][] rows = Matrices.product(fromD50, new Primaries(xy.clone()).toD50());
    if (!Arrays.stream(rows).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
      throw new ArithmeticException("no chromaticities: " + Arrays.toString(xy));
    }
    return Optional.of(new LightMatrix(rows));
  }

  /** Converts RGB triples, premultiplied or not. */
  public float[] convert(float[] light) {
    float[] converted = new float[light.length];
    double[] own = new double[3];
    for (int i = 0; i < light.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        own[c] = light[i + c];
      }
      for (int c = 0; c < 3; c++) {
        converted[i + c] = (float) Matrices.dot(rows[c], own);
      }
    }
    return converted;
  }
}
