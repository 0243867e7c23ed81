package io.reverie.video.icc;

import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The space of a profile of three curves and a matrix, which nearly all RGB spaces have. Little CMS
 * computes these exactly for 8 bits only.
 */
final class MatrixSpace implements RgbSpace {

  private static final double[][] SRGB_TO_D50 = Primaries.BT709.toD50();
  private static final double[][] D50_TO_SRGB = Matrices.inverse(SRGB_TO_D50);

  private final List<ToneCurve> curves;
  private final double[][] toSrgb;
  private final double[][] fromSrgb;

  private MatrixSpace(List<ToneCurve> curves, double[][] toD50) {
    this.curves = curves;
    this.toSrgb = Matrices.product(D50_TO_SRGB, toD50);
    this.fromSrgb = Matrices.product(Matrices.inverse(toD50), SRGB_TO_D50);
  }

  /** Reads a profile; empty if it has tables, or a matrix or curves that cannot be inverted. */
  static Optional<RgbSpace> of(ICC_Profile profile) {
    if (profile.getData(ICC_Profile.icSigAToB0Tag) != null) {
      return Optional.empty();
    }
    int[] columns = {
      ICC_Profile.icSigRedColorantTag,
      ICC_Profile.icSigGreenColorantTag,
      ICC_Profile.icSigBlueColorantTag
    };
    int[] tones = {
      ICC_Profile.icSigRedTRCTag, ICC_Profile.icSigGreenTRCTag, ICC_Profile.icSigBlueTRCTag
    };
    double[][] toD50 = new double[3][3];
    List<ToneCurve> curves = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] column = profile.getData(columns[i]);
      byte[] tone = profile.getData(tones[i]);
      if (column == null || column.length < 20 || tone == null) {
        return Optional.empty();
      }
      for (int row = 0; row < 3; row++) {
        toD50[row][i] = ByteBuffer.wrap(column).getInt(8 + 4 * row) / 65536.0;
      }
      ToneCurve.of(tone).ifPresent(curves::add);
    }
    try {
      return curves.size() == 3
          ? Optional.of(new MatrixSpace(List.copyOf(curves), toD50))
          : Optional.empty();
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  @Override
  public float[] toSrgb(float[] colours) {
    float[] converted = new float[colours.length];
    double[] light = new double[3];
    for (int i = 0; i < colours.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        light[c] = curves.get(c).toLight(colours[i + c] / 255.0);
      }
      for (int c = 0; c < 3; c++) {
        double srgb = srgb(Matrices.dot(toSrgb[c], light));
        converted[i + c] = (float) (255 * srgb);
      }
    }
    return converted;
  }

  @Override
  public float[] fromSrgb(float[] colours) {
    float[] converted = new float[colours.length];
    double[] light = new double[3];
    for (int i = 0; i < colours.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        light[c] = GeneratedProfile.srgbToLinear(Math.max(0, Math.min(1, colours[i + c] / 255.0)));
      }
      for (int c = 0; c < 3; c++) {
        double own = curves.get(c).fromLight(Matrices.dot(fromSrgb[c], light));
        converted[i + c] = (float) (255 * own);
      }
    }
    return converted;
  }

  /** Encodes light by the curve of IEC 61966-2-1, clipped. */
  private static double srgb(double light) {
    double clipped = Math.max(0, Math.min(1, light));
    return clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
  }

  @Override
  public boolean isTwoWay() {
    return true;
  }
}
