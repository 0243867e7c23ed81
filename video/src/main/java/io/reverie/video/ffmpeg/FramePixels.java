package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA64BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YA16BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YA8;

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

  /**
   * Returns whether a decoded frame has a pixel that is not opaque. Formats other than those of
   * animations (palettes, 8 or 16 bits with alpha last, grey with alpha) are opaque.
   */
  public static boolean showsThrough(AVFrame frame) {
    return switch (frame.format()) {
      case AV_PIX_FMT_BGRA, AV_PIX_FMT_RGBA -> anyBelowOpaque(frame, 4, 3);
      case AV_PIX_FMT_YA8 -> anyBelowOpaque(frame, 2, 1);
      case AV_PIX_FMT_RGBA64BE -> anyBelowOpaque(frame, 8, 6);
      case AV_PIX_FMT_YA16BE -> anyBelowOpaque(frame, 4, 2);
      case AV_PIX_FMT_PAL8 -> anyEntryBelowOpaque(frame);
      default -> false;
    };
  }

  /** Returns whether a BGRA frame has a pixel that is neither opaque nor transparent. */
  public static boolean hasPartlyTransparent(AVFrame frame) {
    if (frame.format() != AV_PIX_FMT_BGRA) {
      return false;
    }
    for (int y = 0; y < frame.height(); y++) {
      ByteBuffer bytes = row(frame, y, frame.width() * 4);
      for (int x = 0; x < frame.width(); x++) {
        byte opacity = bytes.get(x * 4 + 3);
        if (opacity != 0 && opacity != (byte) 255) {
          return true;
        }
      }
    }
    return false;
  }

  /** Checks one byte per pixel; of 16 bits the higher. */
  private static boolean anyBelowOpaque(AVFrame frame, int pixel, int opacity) {
    for (int y = 0; y < frame.height(); y++) {
      ByteBuffer bytes = row(frame, y, frame.width() * pixel);
      for (int x = 0; x < frame.width(); x++) {
        if (bytes.get(x * pixel + opacity) != (byte) 255) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean anyEntryBelowOpaque(AVFrame frame) {
    ByteBuffer palette =
        frame.data(1).getPointer(0).capacity(1024).asByteBuffer().order(ByteOrder.nativeOrder());
    for (int y = 0; y < frame.height(); y++) {
      ByteBuffer bytes = row(frame, y, frame.width());
      for (int x = 0; x < frame.width(); x++) {
        if (palette.getInt(4 * (bytes.get(x) & 0xff)) >>> 24 != 255) {
          return true;
        }
      }
    }
    return false;
  }
}
