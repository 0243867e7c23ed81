package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.reverie.video.FileExtension;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Size;
import io.reverie.video.allowlist.Containers;
import io.reverie.video.header.HeaderException;
import io.reverie.video.header.StillHeader;
import io.reverie.video.memory.ProcessMemory;
import io.reverie.video.opencv.OpenCv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Reads and writes still images. The format is detected from the first bytes, and the header is
 * checked before decoding.
 */
public final class Stills {

  private static final Set<String> READ =
      Set.of(
          "png", "jpg", "jpeg", "webp", "tif", "tiff", "heic", "heif", "hif", "avif", "bmp", "gif",
          "exr");
  private static final long LARGEST_FILE = 1L << 30;
  private static final long HEAD = 1 << 20;

  static {
    OpenCv.ready();
  }

  private Stills() {}

  /** Returns whether files with this name are read. */
  public static boolean reads(String fileName) {
    return READ.contains(FileExtension.of(fileName));
  }

  /** Returns whether files with this name can be written. */
  public static boolean writes(String fileName) {
    return StillFormat.of(fileName).isPresent();
  }

  /**
   * Returns the name of a result: that of its source if its format can be written, otherwise with
   * {@code .png} appended, which keeps all of it.
   */
  public static String result(String fileName) {
    return writes(fileName) ? fileName : fileName + ".png";
  }

  /**
   * Reads a still in its own colours, upright, keeping alpha, grey and bit depth. CMYK and L*a*b*
   * become sRGB.
   *
   * @throws MediaException if it is missing, not an image of these formats, or too large for memory
   */
  public static Still read(MediaSource source) {
    return file(source).still();
  }

  /**
   * Reads a still and its ancillary data.
   *
   * @throws MediaException as {@link #read} does
   */
  public static StillFile file(MediaSource source) {
    return new StillReader(source, header(source)).read();
  }

  /**
   * Reads a still as viewers show it: in sRGB.
   *
   * @throws MediaException as {@link #read} does
   */
  public static Frame shown(MediaSource source) {
    return read(source).shown();
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
      boolean video = Containers.namesVideo(source.name()) && !reads(source.name());
      throw new MediaException(
          source.name()
              + (video
                  ? " is a video, not an image; `reverie video` dreams videos"
                  : " " + e.getMessage()),
          e);
    } catch (IOException e) {
      throw unopened(source, e);
    }
  }

  /**
   * Returns whether {@link Still#seen} is a copy in sRGB, beside the still's own colours. Reads at
   * most the first megabyte, where all formats but TIFF have their profile.
   *
   * @throws MediaException if it cannot be read
   */
  public static boolean isConverted(MediaSource source, StillHeader header) {
    if (header.samples().floats()) {
      return true;
    }
    try (SeekableByteChannel channel = source.open()) {
      ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD, channel.size()));
      int read = 0;
      while (head.hasRemaining() && read >= 0) {
        read = channel.read(head);
      }
      return StillColours.ofHead(head.flip(), header).isConverted();
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

  /** Reads a whole file; the caller's scope frees it. */
  static BytePointer bytes(MediaSource source) {
    try (SeekableByteChannel channel = source.open()) {
      long size = channel.size();
      requireLength(size, source);
      BytePointer pointer = new BytePointer(size);
      ByteBuffer buffer = pointer.asByteBuffer();
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer);
      }
      return pointer;
    } catch (IOException e) {
      throw unopened(source, e);
    }
  }

  /**
   * Encodes a still.
   *
   * @param still what the format cannot hold is dropped or converted, see {@link Still#fitting}
   * @param fileName its extension selects the format
   * @return the file's bytes, without the still's profile
   */
  public static byte[] encode(Still still, String fileName, StillOptions options) {
    StillFormat format =
        StillFormat.of(fileName)
            .orElseThrow(() -> new MediaException(fileName + " is not the name of a still image"));
    return StillEncoder.encode(still.fitting(format), format, fileName, options);
  }

  /**
   * Encodes an image in sRGB, with all colours of a JPEG.
   *
   * @param fileName its extension selects the format
   * @param bitDepth 16 if the format supports it, otherwise 8
   * @param quality JPEG and WebP quality, 1 to 100
   */
  public static byte[] encode(Frame frame, String fileName, int bitDepth, int quality) {
    StillOptions options = new StillOptions(quality, Subsampling.YUV444);
    return encode(new Still(frame, bitDepth), fileName, options);
  }

  /** Resizes: area averaging when shrinking, bicubic when enlarging. */
  public static Frame scale(Frame frame, Size size) {
    return scale(frame, size, true);
  }

  static Frame scale(Frame frame, Size size, boolean clip) {
    Size own = new Size(frame.width(), frame.height());
    if (size.equals(own)) {
      return frame;
    }
    Optional<float[]> alpha = frame.alpha().map(a -> scale(a, 1, own, size));
    float[] rgb = scaleFreely(frame.rgb(), 3, own, size);
    return new Frame(
        size.width(),
        size.height(),
        clip ? clipped(rgb) : rgb,
        alpha,
        frame.pts(),
        frame.corrupt());
  }

  static float[] scale(float[] values, int channels, Size own, Size size) {
    return clipped(scaleFreely(values, channels, own, size));
  }

  private static float[] clipped(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, Math.min(255, values[i]));
    }
    return values;
  }

  private static float[] scaleFreely(float[] values, int channels, Size own, Size size) {
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
      return scaled;
    }
  }

  /** Returns OpenCV's type of a float matrix. */
  static int floatType(int channels) {
    return CV_32F + ((channels - 1) << 3);
  }
}
