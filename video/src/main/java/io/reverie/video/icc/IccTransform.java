package io.reverie.video.icc;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Converts rasters between two profiles by the JDK's Little CMS, in strips. */
final class IccTransform {

  private static final int STRIP = 1 << 16;

  private final ColorConvertOp operation;
  private final int outputs;

  /** The intent is the one that the first profile names, usually perceptual. */
  IccTransform(ICC_Profile from, ICC_Profile to) {
    this.operation = new ColorConvertOp(new ICC_Profile[] {from, to}, null);
    this.outputs = to.getNumComponents();
  }

  static ICC_Profile srgb() {
    return ICC_Profile.getInstance(ColorSpace.CS_sRGB);
  }

  /**
   * Converts interleaved colours in 0..1, at 16 bits.
   *
   * @param inputs components per colour
   */
  float[] apply(float[] colours, int inputs) {
    int count = colours.length / inputs;
    float[] converted = new float[count * outputs];
    for (int begin = 0; begin < count; begin += STRIP) {
      int width = Math.min(STRIP, count - begin);
      WritableRaster from = interleaved(DataBuffer.TYPE_USHORT, width, inputs);
      int[] row = new int[width * inputs];
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.round(Math.max(0, Math.min(1, colours[begin * inputs + i])) * 65535);
      }
      from.setPixels(0, 0, width, 1, row);
      int[] to = convert(from, DataBuffer.TYPE_USHORT).getPixels(0, 0, width, 1, (int[]) null);
      for (int i = 0; i < to.length; i++) {
        converted[begin * outputs + i] = to[i] / 65535f;
      }
    }
    return converted;
  }

  /** Converts 8-bit colours, which is much faster. */
  float[] apply(byte[] colours, int inputs) {
    int count = colours.length / inputs;
    float[] converted = new float[count * outputs];
    for (int begin = 0; begin < count; begin += STRIP) {
      int width = Math.min(STRIP, count - begin);
      WritableRaster from = interleaved(DataBuffer.TYPE_BYTE, width, inputs);
      byte[] row = new byte[width * inputs];
      System.arraycopy(colours, begin * inputs, row, 0, row.length);
      from.setDataElements(0, 0, width, 1, row);
      int[] to = convert(from, DataBuffer.TYPE_BYTE).getPixels(0, 0, width, 1, (int[]) null);
      for (int i = 0; i < to.length; i++) {
        converted[begin * outputs + i] = to[i] / 255f;
      }
    }
    return converted;
  }

  private WritableRaster convert(Raster from, int type) {
    return operation.filter(from, interleaved(type, from.getWidth(), outputs));
  }

  private static WritableRaster interleaved(int type, int width, int bands) {
    return Raster.createInterleavedRaster(type, width, 1, bands, null);
  }
}
