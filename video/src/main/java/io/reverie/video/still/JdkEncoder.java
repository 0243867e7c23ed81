package io.reverie.video.still;

import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pictures with alpha as PNG or TIFF by the JDK. */
final class JdkEncoder {

  private JdkEncoder() {}

  /**
   * Encodes a picture with alpha.
   *
   * @param format the JDK's name of the format
   */
  static byte[] encode(Still still, String format, String fileName) {
    ImageWriter writer = writer(format);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam options = writer.getDefaultWriteParam();
      if (format.equals("tiff")) {
        options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        options.setCompressionType("LZW");
      }
      writer.write(null, new IIOImage(image(still), null, null), options);
    } catch (IOException e) {
      throw new MediaException("%s could not be encoded".formatted(fileName), e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Returns the JDK's own writer, whatever other libraries offer. */
  private static ImageWriter writer(String format) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    while (writers.hasNext() && !writer.getClass().getName().startsWith("com.sun.")) {
      writer = writers.next();
    }
    return writer;
  }

  private static BufferedImage image(Still still) {
    int type =
        still.bitDepth() > 16
            ? DataBuffer.TYPE_FLOAT
            : still.bitDepth() > 8 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    ColorSpace space =
        ColorSpace.getInstance(still.grey() ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    ComponentColorModel model =
        new ComponentColorModel(space, true, false, ComponentColorModel.TRANSLUCENT, type);
    Frame frame = still.frame();
    WritableRaster raster = model.createCompatibleWritableRaster(frame.width(), frame.height());
    float[] row = new float[frame.width() * raster.getNumBands()];
    for (int y = 0; y < frame.height(); y++) {
      fill(row, frame, y, still.grey() ? 1 : 3, type);
      raster.setPixels(0, y, frame.width(), 1, row);
    }
    return new BufferedImage(model, raster, false, null);
  }

  private static void fill(float[] row, Frame frame, int y, int colours, int type) {
    float[] alpha = frame.alpha().orElseThrow();
    int bands = colours + 1;
    for (int i = 0; i < row.length; i++) {
      int pixel = y * frame.width() + i / bands;
      float value = i % bands == colours ? alpha[pixel] : frame.rgb()[pixel * 3 + i % bands];
      float clipped = Math.max(0, Math.min(255, value));
      row[i] =
          type == DataBuffer.TYPE_FLOAT
              ? value / 255
              : (float) Math.rint(type == DataBuffer.TYPE_USHORT ? clipped * 257 : clipped);
    }
  }
}
