package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA64BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YA16BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YA8;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.reverie.video.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** Converts between FFmpeg's packed RGB frames of 8 or 16 bits and floats in 0..255. */
public final class FramePixels {

  /** 65535 / 255. */
  private static final float SIXTEEN_BITS = 257f;

  /** The planes of red, green and blue in FFmpeg's formats "gbr". */
  private static final int[] PLANES = {2, 0, 1};

  private FramePixels() {}

  /** Returns FFmpeg's name of the packed format. */
  public static String format(boolean highBitDepth, boolean alpha) {
    return highBitDepth ? (alpha ? "rgba64le" : "rgb48le") : (alpha ? "rgba" : "rgb24");
  }

  /** Returns the number of components of a pixel format; 0 if it is unknown. */
  static int components(int format) {
    AVPixFmtDescriptor description = av_pix_fmt_desc_get(format);
    return description == null || description.isNull() ? 0 : description.nb_components();
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

  /**
   * Converts FFmpeg's planar floats of 16 or 32 bits: grey, RGB ("gbr"), or RGB with alpha. Values
   * stay as they are; alpha is scaled to 255 and is opaque if there is none.
   */
  public static Frame readFloats(AVFrame planar) {
    int planes = components(planar.format());
    boolean half = av_pix_fmt_desc_get(planar.format()).comp(0).depth() == 16;
    int width = planar.width();
    float[] rgb = new float[width * planar.height() * 3];
    float[] opacity = new float[width * planar.height()];
    Arrays.fill(opacity, 255);
    float[] row = new float[width];
    for (int y = 0; y < planar.height(); y++) {
      for (int c = 0; c < 3; c++) {
        readFloats(planar, planes < 3 ? 0 : PLANES[c], y, half, row);
        for (int x = 0; x < width; x++) {
          rgb[(y * width + x) * 3 + c] = row[x];
        }
      }
      if (planes == 4) {
        readFloats(planar, 3, y, half, row);
        for (int x = 0; x < width; x++) {
          opacity[y * width + x] = row[x] * 255;
        }
      }
    }
    return new Frame(width, planar.height(), rgb, Optional.of(opacity), 0, false);
  }

  /** Writes a frame to FFmpeg's {@code gbrapf32le} or {@code gbrpf32le} as it is. */
  public static void writeFloats(Frame frame, AVFrame planar) {
    float[] row = new float[frame.width()];
    for (int y = 0; y < frame.height(); y++) {
      int from = y * frame.width();
      for (int c = 0; c < (frame.alpha().isPresent() ? 4 : 3); c++) {
        for (int x = 0; x < row.length; x++) {
          row[x] = c < 3 ? frame.rgb()[(from + x) * 3 + c] : opacity(frame, from + x) / 255;
        }
        bytes(planar, c < 3 ? PLANES[c] : 3, y, row.length * 4).asFloatBuffer().put(row);
      }
    }
  }

  private static void readFloats(AVFrame planar, int plane, int y, boolean half, float[] row) {
    if (!half) {
      bytes(planar, plane, y, row.length * 4).asFloatBuffer().get(row);
      return;
    }
    ShortBuffer shorts = bytes(planar, plane, y, row.length * 2).asShortBuffer();
    for (int x = 0; x < row.length; x++) {
      row[x] = half(shorts.get(x));
    }
  }

  /** Converts an IEEE 754 binary16 number. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        switch (exponent) {
          case 0 -> Math.scalb((float) fraction, -24);
          case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
        };
    return bits < 0 ? -size : size;
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

  /** Rounds halves to even as OpenCV does for stills, so that both have the same pixels. */
  private static void put(ByteBuffer bytes, int at, float value, boolean highBitDepth) {
    float clipped = Math.max(0, Math.min(255, value));
    if (highBitDepth) {
      bytes.putShort(at * 2, (short) (int) Math.rint(clipped * SIXTEEN_BITS));
    } else {
      bytes.put(at, (byte) (int) Math.rint(clipped));
    }
  }

  private static ByteBuffer row(AVFrame packed, int y, int length) {
    return bytes(packed, 0, y, length);
  }

  private static ByteBuffer bytes(AVFrame frame, int plane, int y, int length) {
    return frame
        .data(plane)
        .getPointer((long) y * frame.linesize(plane))
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
