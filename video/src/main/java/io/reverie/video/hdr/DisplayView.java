package io.reverie.video.hdr;

import io.reverie.video.Colour;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import java.util.Optional;

/**
 * Converts HDR frames to what a standard display would show, because networks were trained on such
 * pictures only, and applies the changes made there to the source. Frames of standard range are
 * left unchanged.
 */
public final class DisplayView {

  private static final float SCALE = 255;

  private final boolean hdr;
  private final LightCurve curve;
  private final Gamut gamut;

  private DisplayView(Colour colour) {
    this.hdr = isHdr(colour);
    this.curve = LightCurve.of(colour.transfer());
    this.gamut = Gamut.of(colour.primaries());
  }

  public static DisplayView of(Colour colour) {
    return new DisplayView(colour);
  }

  /** Returns whether frames of this colour are HDR: PQ, as in HDR10, or hybrid log-gamma. */
  public static boolean isHdr(Colour colour) {
    return LightCurve.isOf(colour.transfer());
  }

  /** Returns what a standard display shows of a frame, in values of 0..255. */
  public Frame shown(Frame source) {
    if (!hdr) {
      return source;
    }
    float[] from = source.rgb();
    float[] to = new float[from.length];
    double[] pixel = new double[3];
    for (int at = 0; at < from.length; at += 3) {
      read(from, at, pixel);
      curve.light(pixel);
      gamut.toStandard(pixel);
      for (int c = 0; c < 3; c++) {
        to[at + c] = (float) (SCALE * DisplayCurve.shown(DisplayCurve.code(pixel[c])));
      }
    }
    return source.withRgb(to);
  }

  /** Returns a reader of what is shown; closing it closes the source's reader. */
  public FrameReader reader(FrameReader source) {
    return new FrameReader() {
      @Override
      public Optional<Frame> next() {
        return source.next().map(DisplayView.this::shown);
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  /**
   * Puts a changed picture back into its source. Pixels that did not change stay exactly as they
   * were.
   *
   * @param shown what {@link #shown} returned for the source
   * @param changed values of 0..255; overwritten with those of the result
   */
  public Frame restored(Frame source, Frame shown, float[] changed) {
    if (hdr) {
      double[] change = new double[3];
      double[] light = new double[3];
      double[] standard = new double[3];
      for (int at = 0; at < changed.length; at += 3) {
        for (int c = 0; c < 3; c++) {
          change[c] = (changed[at + c] - shown.rgb()[at + c]) / SCALE;
        }
        System.arraycopy(source.rgb(), at, changed, at, 3);
        if (change[0] != 0 || change[1] != 0 || change[2] != 0) {
          change(changed, at, change, light, standard);
        }
      }
    }
    return source.withRgb(changed);
  }

  /**
   * Changes a pixel of the source.
   *
   * @param change of what is shown
   * @param light scratch
   * @param standard scratch
   */
  private void change(float[] rgb, int at, double[] change, double[] light, double[] standard) {
    read(rgb, at, light);
    curve.light(light);
    System.arraycopy(light, 0, standard, 0, 3);
    gamut.toStandard(standard);
    for (int c = 0; c < 3; c++) {
      double code = DisplayCurve.code(standard[c]);
      change[c] =
          DisplayCurve.light(DisplayCurve.changed(code, change[c])) - DisplayCurve.light(code);
    }
    gamut.toSource(change);
    for (int c = 0; c < 3; c++) {
      change[c] = Math.max(0, Math.min(LightCurve.BRIGHTEST, light[c] + change[c]));
    }
    // The difference of two signals leaves the rounding of the curves out.
    curve.signal(light);
    curve.signal(change);
    for (int c = 0; c < 3; c++) {
      double value = rgb[at + c] + SCALE * (change[c] - light[c]);
      rgb[at + c] = (float) Math.max(0, Math.min(SCALE, value));
    }
  }

  private static void read(float[] from, int at, double[] pixel) {
    for (int c = 0; c < 3; c++) {
      pixel[c] = from[at + c] / SCALE;
    }
  }
}
