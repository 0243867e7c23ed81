package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYCOLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.reverie.video.FileExtension;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Size;
import io.reverie.video.header.HeaderException;
import io.reverie.video.header.PngChunks;
import io.reverie.video.header.StillHeader;
import io.reverie.video.header.StillKind;
import io.reverie.video.memory.OutOfMemory;
import io.reverie.video.memory.ProcessMemory;
import io.reverie.video.opencv.OpenCv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes still images: PNG and TIFF of 8 or 16 bits, JPEG, WebP. The format is detected
 * from the first bytes, and the header is checked before decoding.
 */
public final class Stills {

  private static final List<String> EXTENSIONS =
      List.of("png", "jpg", "jpeg", "webp", "tif", "tiff");
  private static final long LARGEST_FILE = 1L << 30;

  static {
    OpenCv.ready();
  }

  private Stills() {}

  /** Returns whether files with this name can be read and written. */
  public static boolean supports(String fileName) {
    return EXTENSIONS.contains(FileExtension.of(fileName));
  }

  /**
   * Reads a still with EXIF orientation applied, keeping alpha and bit depth; grey becomes RGB.
   *
   * @throws MediaException if it is missing, not an image of these formats, or too large for memory
   */
  public static Still read(MediaSource source) {
    StillHeader header = header(source);
    try (PointerScope scope = new PointerScope()) {
      Mat bytes = bytes(source);
      requireWhole(header, bytes, source);
      Mat whole = decode(bytes, IMREAD_UNCHANGED, source);
      boolean alpha = whole.channels() == 4;
      if (!alpha) {
        // Decoded again below with its orientation; frees a large image early.
        whole.release();
      }
      Mat upright = decode(bytes, IMREAD_ANYCOLOR | IMREAD_ANYDEPTH, source);
      Mat image = alpha ? ExifOrientation.turnedLike(whole, upright) : upright;
      if (image.depth() != CV_8U && image.depth() != CV_16U) {
        throw new MediaException(
            source.name() + " has neither 8 nor 16 bits per colour; convert it first");
      }
      boolean highBitDepth = image.depth() == CV_16U;
      return new Still(MatPixels.read(image, highBitDepth ? 257f : 1f), highBitDepth ? 16 : 8);
    }
  }

  /**
   * Reads a still's header.
   *
   * @throws MediaException if it is missing, not an image of these formats, or too large for memory
   */
  public static StillHeader header(MediaSource source) {
    try (SeekableByteChannel channel = source.open()) {
      requireLength(channel.size(), source);
      StillHeader header = StillHeader.of(channel);
      requireMemory(header, source);
      return header;
    } catch (HeaderException e) {
      throw new MediaException(source.name() + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw unopened(source, e);
    }
  }

  public static void requireLength(long size, MediaSource source) {
    if (size == 0 || size > LARGEST_FILE) {
      throw new MediaException(
          "%s is %s".formatted(source.name(), size == 0 ? "empty" : "larger than 1 GiB"));
    }
  }

  private static void requireMemory(StillHeader header, MediaSource source) {
    ProcessMemory.ofThisProcess()
        .shortage(header.reading())
        .ifPresent(
            shortage -> {
              throw new MediaException(
                  "%s has %dx%d px, which %s, or scale it down first"
                      .formatted(source.name(), header.width(), header.height(), shortage));
            });
  }

  private static MediaException unopened(MediaSource source, IOException e) {
    return new MediaException("cannot read %s: %s".formatted(source.name(), e.getMessage()), e);
  }

  private static Mat bytes(MediaSource source) {
    try (SeekableByteChannel channel = source.open()) {
      long size = channel.size();
      requireLength(size, source);
      BytePointer pointer = new BytePointer(size);
      ByteBuffer buffer = pointer.asByteBuffer();
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer);
      }
      return new Mat(1, (int) size, CV_8U, pointer);
    } catch (IOException e) {
      throw unopened(source, e);
    }
  }

  private static void requireWhole(StillHeader header, Mat bytes, MediaSource source) {
    if (header.kind() == StillKind.PNG) {
      try {
        PngChunks.requireWithin(bytes.data().capacity(bytes.total()).asByteBuffer());
      } catch (HeaderException e) {
        throw new MediaException(source.name() + " " + e.getMessage(), e);
      }
    }
  }

  private static Mat decode(Mat bytes, int flags, MediaSource source) {
    try (ClosedStderr quiet = new ClosedStderr()) {
      Mat image = imdecode(bytes, flags);
      if (!image.empty()) {
        return image;
      }
    } catch (RuntimeException e) {
      if (OutOfMemory.is(e)) {
        throw e;
      }
      throw unreadable(source, e);
    }
    throw unreadable(source, null);
  }

  private static MediaException unreadable(MediaSource source, @Nullable Throwable cause) {
    return new MediaException(
        "%s is not a readable PNG, JPEG, WebP or TIFF image; it may be damaged"
            .formatted(source.name()),
        cause);
  }

  /**
   * Encodes a still.
   *
   * @param fileName its extension selects the format
   * @param bitDepth 16 if the format supports it, otherwise 8
   * @param quality JPEG and WebP quality, 1 to 100
   * @return the file's bytes
   */
  public static byte[] encode(Frame frame, String fileName, int bitDepth, int quality) {
    String extension = FileExtension.of(fileName);
    boolean jpeg = extension.startsWith("jp");
    boolean highBitDepth = bitDepth > 8 && !jpeg && !extension.equals("webp");
    Optional<float[]> alpha = jpeg ? Optional.empty() : frame.alpha();
    try (PointerScope scope = new PointerScope()) {
      Mat image = MatPixels.write(frame, alpha, highBitDepth);
      BytePointer out = new BytePointer();
      IntPointer options =
          jpeg
              ? new IntPointer(IMWRITE_JPEG_QUALITY, quality)
              : new IntPointer(IMWRITE_WEBP_QUALITY, quality);
      boolean quantised = jpeg || extension.equals("webp");
      boolean written =
          quantised
              ? imencode("." + extension, image, out, options)
              : imencode("." + extension, image, out);
      if (!written) {
        throw new MediaException("%s could not be encoded".formatted(fileName));
      }
      byte[] bytes = new byte[(int) out.limit()];
      out.get(bytes);
      return bytes;
    }
  }

  /** Resizes: area averaging when shrinking, bicubic when enlarging. */
  public static Frame scale(Frame frame, Size size) {
    Size own = new Size(frame.width(), frame.height());
    if (size.equals(own)) {
      return frame;
    }
    Optional<float[]> alpha = frame.alpha().map(a -> scale(a, 1, own, size));
    return new Frame(
        size.width(),
        size.height(),
        scale(frame.rgb(), 3, own, size),
        alpha,
        frame.pts(),
        frame.corrupt());
  }

  static float[] scale(float[] values, int channels, Size own, Size size) {
    try (PointerScope scope = new PointerScope()) {
      Mat from = MatPixels.floats(values, own.height(), own.width(), channels);
      Mat to = new Mat();
      boolean down = size.width() < own.width() || size.height() < own.height();
      resize(
          from,
          to,
          new org.bytedeco.opencv.opencv_core.Size(size.width(), size.height()),
          0,
          0,
          down ? INTER_AREA : INTER_CUBIC);
      float[] scaled = new float[size.width() * size.height() * channels];
      new org.bytedeco.javacpp.FloatPointer(to.data()).get(scaled);
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = Math.max(0, Math.min(255, scaled[i]));
      }
      return scaled;
    }
  }

  /** Returns OpenCV's type of a float matrix. */
  static int floatType(int channels) {
    return CV_32F + ((channels - 1) << 3);
  }
}
