package io.reverie.video.still;

import io.reverie.video.Frame;
import io.reverie.video.header.Samples;
import io.reverie.video.header.Samples.Alpha;
import io.reverie.video.icc.IccProfile;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Optional;

/**
 * Converts the JDK's rasters of stored components to frames.
 *
 * @param samples what the components mean
 * @param ink the profile of CMYK
 */
record RasterPixels(Samples samples, IccProfile ink) {

  /** Rows converted at a time. */
  private static final int STRIP = 64;

  Frame frame(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int colours = colours();
    boolean alpha = samples.hasAlpha() && raster.getNumBands() > colours;
    float[] rgb = new float[width * height * 3];
    float[] opacity = new float[alpha ? width * height : 0];
    for (int row = 0; row < height; row += STRIP) {
      int rows = Math.min(STRIP, height - row);
      float[] strip = rgb(strip(raster, row, rows), raster.getNumBands(), raster.getTransferType());
      System.arraycopy(strip, 0, rgb, row * width * 3, strip.length);
      if (alpha) {
        alpha(raster, row, rows, colours, opacity);
      }
    }
    Optional<float[]> plane = alpha ? Optional.of(opacity) : Optional.empty();
    return straight(new Frame(width, height, rgb, plane, 0, false));
  }

  private int colours() {
    return switch (samples.model()) {
      case GREY, PALETTE -> 1;
      case RGB, LAB, ICC_LAB, LAB_D65 -> 3;
      case CMYK -> 4;
    };
  }

  /** Reads components in 0..1; floats as they are. */
  private static float[] strip(Raster raster, int row, int rows) {
    double most = most(raster.getTransferType());
    double[] values =
        raster.getPixels(
            raster.getMinX(), raster.getMinY() + row, raster.getWidth(), rows, (double[]) null);
    float[] strip = new float[values.length];
    for (int i = 0; i < strip.length; i++) {
      // The JDK has no unsigned type of 32 bits.
      double unsigned = most > 1 && values[i] < 0 ? values[i] + most + 1 : values[i];
      strip[i] = (float) (unsigned / most);
    }
    return strip;
  }

  private static double most(int type) {
    return switch (type) {
      case DataBuffer.TYPE_BYTE -> 255;
      case DataBuffer.TYPE_USHORT, DataBuffer.TYPE_SHORT -> 65535;
      case DataBuffer.TYPE_INT -> 4294967295.0;
      default -> 1;
    };
  }

  private float[] rgb(float[] strip, int bands, int type) {
    int count = strip.length / bands;
    float[] rgb = new float[count * 3];
    switch (samples.model()) {
      case CMYK -> {
        return ink(strip, bands, type == DataBuffer.TYPE_BYTE);
      }
      case LAB, ICC_LAB, LAB_D65 -> {
        boolean d65 = samples.model() == Samples.Model.LAB_D65;
        for (int i = 0; i < count; i++) {
          LabColours.convert(lab(strip, i * bands, type), d65, rgb, i * 3);
        }
      }
      default -> {
        boolean grey = samples.isGrey();
        for (int i = 0; i < count * 3; i++) {
          float value = strip[i / 3 * bands + (grey ? 0 : i % 3)];
          rgb[i] = Float.isFinite(value) ? 255 * value : 0;
        }
      }
    }
    return rgb;
  }

  private float[] ink(float[] strip, int bands, boolean bytes) {
    int count = strip.length / bands;
    float[] amounts = new float[count * 4];
    byte[] whole = new byte[bytes ? count * 4 : 0];
    for (int i = 0; i < count * 4; i++) {
      amounts[i] = strip[i / 4 * bands + i % 4];
      if (bytes) {
        whole[i] = (byte) Math.round(amounts[i] * 255);
      }
    }
    return bytes ? ink.cmykToSrgb(whole) : ink.cmykToSrgb(amounts);
  }

  /** Decodes TIFF's two encodings: a* and b* signed, or shifted by half the range. */
  private double[] lab(float[] strip, int at, int type) {
    boolean bytes = type == DataBuffer.TYPE_BYTE;
    double[] lab = {100 * strip[at], 0, 0};
    for (int c = 1; c < 3; c++) {
      double value = strip[at + c] * (bytes ? 255 : 65535 / 256.0);
      if (samples.model() == Samples.Model.ICC_LAB) {
        lab[c] = value - 128;
      } else {
        lab[c] = value >= 128 ? value - 256 : value;
      }
    }
    return lab;
  }

  private static void alpha(Raster raster, int row, int rows, int band, float[] opacity) {
    int width = raster.getWidth();
    double most = most(raster.getTransferType());
    double[] values =
        raster.getSamples(
            raster.getMinX(), raster.getMinY() + row, width, rows, band, (double[]) null);
    for (int i = 0; i < values.length; i++) {
      double unsigned = most > 1 && values[i] < 0 ? values[i] + most + 1 : values[i];
      opacity[row * width + i] = (float) Math.max(0, Math.min(255, 255 * unsigned / most));
    }
  }

  private Frame straight(Frame stored) {
    if (samples.alpha() != Alpha.PREMULTIPLIED || stored.alpha().isEmpty()) {
      return stored;
    }
    float[] rgb = stored.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      float opacity = stored.alpha().get()[i / 3];
      rgb[i] =
          opacity > 0
              ? Math.min(samples.floats() ? Float.MAX_VALUE : 255, rgb[i] * 255 / opacity)
              : rgb[i];
    }
    return stored.withRgb(rgb);
  }
}
