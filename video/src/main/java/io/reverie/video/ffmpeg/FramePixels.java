package io.reverie.video.ffmpeg;

import io.reverie.video.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Converts between FFmpeg's packed RGB frames of 8 or 16 bits and floats in 0..255. */
public final class FramePixels {

  /** 65535 / 255. */
  private static final float SIXTEEN_BITS = 257f;

  private FramePixels() {}

  /** Returns FFmpeg's name of the packed format. */
  public static String format(boolean highBitDepth, boolean alpha) {
    return highBitDepth ? (alpha ? "rgba64le" : "rgb48le") : (alpha ? "rgba" : "rgb24");
  }

  /** Converts a packed frame. */
  public static Frame read(
      AVFrame packed, boolean highBitDepth, boolean alpha, long pts, boolean corrupt) {
    int width = packed.width();
    int height = packed.height();
    int channels = alpha ? 4 : 3;
    float[] row = new float[width * channels];
    float[] rgb = new float[width * height * 3];
    float[] opacity = new float[alpha ? width * height : 0];
    for (int y = 0; y < height; y++) {
      readRow(packed, y, highBitDepth, row);
      for (int x = 0; x < width; x++) {
        System.arraycopy(row, x * channels, rgb, (y * width + x) * 3, 3);
        if (alpha) {
          opacity[y * width + x] = row[x * channels + 3];
        }
      }
    }
    return new Frame(
        width, height, rgb, alpha ? Optional.of(opacity) : Optional.empty(), pts, corrupt);
  }

  private static void readRow(AVFrame packed, int y, boolean highBitDepth, float[] row) {
    ByteBuffer bytes = row(packed, y, row.length * (highBitDepth ? 2 : 1));
    if (highBitDepth) {
      ShortBuffer shorts = bytes.asShortBuffer();
      for (int i = 0; i < row.length; i++) {
        row[i] = (shorts.get(i) & 0xffff) / SIXTEEN_BITS;
      }
    } else {
      for (int i = 0; i < row.length; i++) {
        row[i] = bytes.get(i) & 0xff;
      }
    }
  }

  /** Writes a frame to a packed one of at least its size, repeating the last column and row. */
  public static void write(Frame frame, AVFrame packed, boolean highBitDepth, boolean alpha) {
    int channels = alpha ? 4 : 3;
    for (int y = 0; y < packed.height(); y++) {
      ByteBuffer bytes = row(packed, y, packed.width() * channels * (highBitDepth ? 2 : 1));
      int from = Math.min(y, frame.height() - 1) * frame.width();
      for (int x = 0; x < packed.width(); x++) {
        int at = from + Math.min(x, frame.width() - 1);
        for (int c = 0; c < channels; c++) {
          float value = c < 3 ? frame.rgb()[at * 3 + c] : opacity(frame, at);
          put(bytes, x * channels + c, value, highBitDepth);
        }
      }
    }
  }

  private static float opacity(Frame frame, int at) {
    return frame.alpha().map(alpha -> alpha[at]).orElse(255f);
  }

  private static void put(ByteBuffer bytes, int at, float value, boolean highBitDepth) {
    float clipped = Math.max(0, Math.min(255, value));
    if (highBitDepth) {
      bytes.putShort(at * 2, (short) Math.round(clipped * SIXTEEN_BITS));
    } else {
      bytes.put(at, (byte) Math.round(clipped));
    }
  }

  private static ByteBuffer row(AVFrame packed, int y, int length) {
    return packed
        .data(0)
        .getPointer((long) y * packed.linesize(0))
        .capacity(length)
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
