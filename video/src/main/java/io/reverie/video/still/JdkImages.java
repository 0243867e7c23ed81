package io.reverie.video.still;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import io.reverie.video.MediaException;
import io.reverie.video.memory.OutOfMemory;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads the stored components of images that OpenCV converts in a way of its own: CMYK JPEG, and
 * TIFF with alpha, CMYK, L*a*b* or floating-point numbers.
 */
final class JdkImages {

  private static final int ADOBE_SEGMENT = 0xFFEE;
  private static final int START_OF_SCAN = 0xFFDA;
  private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
  private static final int TRANSFORM = 11;
  private static final int YCCK = 2;

  private JdkImages() {}

  static Raster tiff(ByteBuffer file, String name) {
    return read(new TIFFImageReaderSpi().createReaderInstance(null), file, name);
  }

  /** Reads CMYK, 255 being full ink. */
  static Raster cmykJpeg(ByteBuffer file, String name) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    ImageReader own = readers.next();
    while (readers.hasNext() && !own.getClass().getName().startsWith("com.sun.")) {
      own = readers.next();
    }
    WritableRaster raster = (WritableRaster) read(own, file, name);
    int transform = adobeTransform(file);
    if (transform >= 0) {
      int[] row = new int[raster.getWidth() * 4];
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getPixels(0, y, raster.getWidth(), 1, row);
        ink(row, transform == YCCK);
        raster.setPixels(0, y, raster.getWidth(), 1, row);
      }
    }
    return raster;
  }

  /** Converts what Adobe's programs store: inverted CMYK, or its complement as YCbCr. */
  private static void ink(int[] row, boolean ycck) {
    for (int i = 0; i < row.length; i += 4) {
      if (ycck) {
        double y = row[i];
        double cb = row[i + 1] - 128;
        double cr = row[i + 2] - 128;
        row[i] = clipped(y + 1.402 * cr);
        row[i + 1] = clipped(y - 0.344136 * cb - 0.714136 * cr);
        row[i + 2] = clipped(y + 1.772 * cb);
      } else {
        row[i] = 255 - row[i];
        row[i + 1] = 255 - row[i + 1];
        row[i + 2] = 255 - row[i + 2];
      }
      row[i + 3] = 255 - row[i + 3];
    }
  }

  private static int clipped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Returns the transform of Adobe's segment: 0 for none, 2 for YCCK; -1 without a segment. */
  private static int adobeTransform(ByteBuffer jpeg) {
    ByteBuffer in = jpeg.duplicate().order(ByteOrder.BIG_ENDIAN);
    for (int at = 2; at + 4 + TRANSFORM < in.limit(); ) {
      int marker = Short.toUnsignedInt(in.getShort(at));
      if (marker == START_OF_SCAN || marker < 0xFF00) {
        return -1;
      }
      if (marker == ADOBE_SEGMENT && isAdobe(in, at + 4)) {
        return in.get(at + 4 + TRANSFORM);
      }
      at += marker == 0xFFFF ? 1 : 2 + Math.max(2, Short.toUnsignedInt(in.getShort(at + 2)));
    }
    return -1;
  }

  private static boolean isAdobe(ByteBuffer jpeg, int at) {
    for (int i = 0; i < ADOBE.length; i++) {
      if (jpeg.get(at + i) != ADOBE[i]) {
        return false;
      }
    }
    return true;
  }

  private static Raster read(ImageReader reader, ByteBuffer file, String name) {
    byte[] bytes = new byte[file.limit()];
    file.duplicate().position(0).get(bytes);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      return reader.readRaster(0, null);
    } catch (IOException | RuntimeException e) {
      if (OutOfMemory.is(e)) {
        throw e instanceof RuntimeException r ? r : new IllegalStateException(e);
      }
      // It is read from memory: not even an IOException is the storage's.
      throw new MediaException(
          "%s cannot be decoded (%s); it may be damaged".formatted(name, e.getMessage()),
          e instanceof IOException io ? new UncheckedIOException(io) : e);
    } finally {
      reader.dispose();
    }
  }
}
