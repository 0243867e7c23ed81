package io.reverie.video;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Files of several pictures, written by others than FFmpeg: the JDK, OpenCV, or by hand. */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are allocated here.
public final class AnimationBytes {

  private static final String GIF_METADATA = "javax_imageio_gif_image_1.0";
  private static final int ENTRIES = 10;

  private AnimationBytes() {}

  /**
   * A frame of a GIF: a rectangle of one colour, whose left half is transparent if {@code holes}.
   *
   * @param delay in hundredths of a second
   * @param disposal 1 keeps, 2 clears, 3 restores
   */
  public record GifFrame(
      int left, int top, int width, int height, int delay, int disposal, boolean holes) {}

  /** The colour of the n-th frame of a GIF. */
  public static int colour(int n) {
    return new int[] {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0x00FFFF}[n % 5];
  }

  /**
   * Writes a GIF.
   *
   * @param loop the number in its NETSCAPE2.0 extension; none if negative
   */
  public static byte[] gif(int width, int height, List<GifFrame> frames, int loop)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        BufferedImage image = image(frames.get(i), i);
        IIOMetadata data =
            writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        data.mergeTree(GIF_METADATA, metadata(frames.get(i), i == 0 ? loop : -1));
        writer.writeToSequence(new IIOImage(image, null, data), null);
      }
      writer.endWriteSequence();
    }
    writer.dispose();
    byte[] gif = bytes.toByteArray();
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) width);
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(8, (short) height);
    return gif;
  }

  private static BufferedImage image(GifFrame frame, int number) {
    int[] palette = {0xFF000000 | colour(number), 0x00FFFFFF};
    IndexColorModel model = new IndexColorModel(1, 2, palette, 0, true, 1, 0);
    BufferedImage image =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_BYTE_BINARY, model);
    for (int y = 0; frame.holes() && y < frame.height(); y++) {
      for (int x = 0; x < frame.width() / 2; x++) {
        image.getRaster().setSample(x, y, 0, 1);
      }
    }
    return image;
  }

  private static IIOMetadataNode metadata(GifFrame frame, int loop) {
    IIOMetadataNode root = new IIOMetadataNode(GIF_METADATA);
    IIOMetadataNode place = new IIOMetadataNode("ImageDescriptor");
    place.setAttribute("imageLeftPosition", "" + frame.left());
    place.setAttribute("imageTopPosition", "" + frame.top());
    place.setAttribute("imageWidth", "" + frame.width());
    place.setAttribute("imageHeight", "" + frame.height());
    place.setAttribute("interlaceFlag", "FALSE");
    root.appendChild(place);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    String[] disposals = {"none", "doNotDispose", "restoreToBackgroundColor", "restoreToPrevious"};
    control.setAttribute("disposalMethod", disposals[frame.disposal()]);
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", frame.holes() ? "TRUE" : "FALSE");
    control.setAttribute("transparentColorIndex", frame.holes() ? "1" : "0");
    control.setAttribute("delayTime", "" + frame.delay());
    root.appendChild(control);
    if (loop >= 0) {
      IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
      IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
      extension.setAttribute("applicationID", "NETSCAPE");
      extension.setAttribute("authenticationCode", "2.0");
      extension.setUserObject(new byte[] {1, (byte) loop, (byte) (loop >> 8)});
      extensions.appendChild(extension);
      root.appendChild(extensions);
    }
    return root;
  }

  /** Writes a lossless WebP of one colour. */
  public static byte[] webpStill(int width, int height, int rgb) {
    try (Mat image =
            new Mat(
                height,
                width,
                opencv_core.CV_8UC3,
                new Scalar(rgb & 255, (rgb >> 8) & 255, rgb >> 16, 0));
        BytePointer out = new BytePointer();
        IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 101)) {
      opencv_imgcodecs.imencode(".webp", image, out, options);
      byte[] bytes = new byte[(int) out.limit()];
      out.get(bytes);
      return bytes;
    }
  }

  /** Writes an animated WebP of stills, each shown for 100 ms more than the one before. */
  public static byte[] webp(int width, int height, int plays, byte[]... stills) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    ByteBuffer extended = little(10).put((byte) 2).put(new byte[3]);
    put24(put24(extended, width - 1), height - 1);
    chunks.writeBytes(chunk("VP8X", extended.array()));
    chunks.writeBytes(chunk("ANIM", little(6).putInt(0).putShort((short) plays).array()));
    for (int i = 0; i < stills.length; i++) {
      int packed = little(stills[i]).getInt(21);
      ByteBuffer frame = little(16 + stills[i].length - 12);
      put24(put24(frame, 0), 0);
      put24(put24(frame, packed & 0x3FFF), (packed >> 14) & 0x3FFF);
      put24(frame, 100 * (i + 1)).put((byte) 2).put(stills[i], 12, stills[i].length - 12);
      chunks.writeBytes(chunk("ANMF", frame.array()));
    }
    byte[] all = chunks.toByteArray();
    ByteBuffer file = little(12 + all.length);
    file.put(ascii("RIFF")).putInt(4 + all.length).put(ascii("WEBP")).put(all);
    return file.array();
  }

  /**
   * Writes an animated PNG of one-colour frames of 100 ms.
   *
   * @param hidden the colour of a default image that is not part of the animation; none if negative
   */
  public static byte[] apng(int width, int height, int hidden, int... colours) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(ascii("\u0089PNG\r\n\u001a\n"));
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    png.writeBytes(pngChunk("IHDR", header.put((byte) 8).put((byte) 2).array()));
    png.writeBytes(
        pngChunk("acTL", ByteBuffer.allocate(8).putInt(colours.length).putInt(0).array()));
    if (hidden >= 0) {
      png.writeBytes(pngChunk("IDAT", pixels(width, height, hidden)));
    }
    int sequence = 0;
    for (int i = 0; i < colours.length; i++) {
      ByteBuffer control = ByteBuffer.allocate(26).putInt(sequence++).putInt(width).putInt(height);
      control.position(20).putShort((short) 1).putShort((short) 10);
      png.writeBytes(pngChunk("fcTL", control.array()));
      byte[] pixels = pixels(width, height, colours[i]);
      if (i == 0 && hidden < 0) {
        png.writeBytes(pngChunk("IDAT", pixels));
      } else {
        ByteBuffer data = ByteBuffer.allocate(4 + pixels.length).putInt(sequence++).put(pixels);
        png.writeBytes(pngChunk("fdAT", data.array()));
      }
    }
    png.writeBytes(pngChunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static byte[] pixels(int width, int height, int rgb) {
    ByteBuffer rows = ByteBuffer.allocate(height * (1 + 3 * width));
    for (int y = 0; y < height; y++) {
      rows.put((byte) 0);
      for (int x = 0; x < width; x++) {
        rows.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
      }
    }
    Deflater deflater = new Deflater();
    deflater.setInput(rows.array());
    deflater.finish();
    byte[] out = new byte[rows.capacity() + 64];
    int length = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, length);
  }

  private static byte[] pngChunk(String type, byte[] content) {
    CRC32 check = new CRC32();
    check.update(ascii(type));
    check.update(content);
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
    return chunk.put(ascii(type)).put(content).putInt((int) check.getValue()).array();
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = little(8 + content.length + (content.length & 1));
    return chunk.put(ascii(type)).putInt(content.length).put(content).array();
  }

  private static ByteBuffer put24(ByteBuffer into, int value) {
    return into.putShort((short) value).put((byte) (value >> 16));
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes a TIFF of RGB pages; the n-th is filled with {@link #colour}.
   *
   * @param subfiles the NewSubfileType of each page
   */
  public static byte[] tiff(int width, int height, int... subfiles) {
    int pixels = width * height * 3;
    int page = 2 + ENTRIES * 12 + 4 + 6 + pixels;
    ByteBuffer tiff = little(8 + subfiles.length * page);
    tiff.put(ascii("II")).putShort((short) 42).putInt(8);
    for (int i = 0; i < subfiles.length; i++) {
      int at = tiff.position();
      int bits = at + 2 + ENTRIES * 12 + 4;
      tiff.putShort((short) ENTRIES);
      entry(tiff, 254, 4, 1, subfiles[i]);
      entry(tiff, 256, 4, 1, width);
      entry(tiff, 257, 4, 1, height);
      entry(tiff, 258, 3, 3, bits);
      entry(tiff, 259, 3, 1, 1);
      entry(tiff, 262, 3, 1, 2);
      entry(tiff, 273, 4, 1, bits + 6);
      entry(tiff, 277, 3, 1, 3);
      entry(tiff, 278, 4, 1, height);
      entry(tiff, 279, 4, 1, pixels);
      tiff.putInt(i + 1 < subfiles.length ? at + page : 0);
      tiff.putShort((short) 8).putShort((short) 8).putShort((short) 8);
      for (int p = 0; p < width * height; p++) {
        tiff.put((byte) (colour(i) >> 16)).put((byte) (colour(i) >> 8)).put((byte) colour(i));
      }
    }
    return tiff.array();
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  /** Returns the place where a TIFF's directory names the next one. */
  public static int nextDirectory(byte[] tiff, int directory) {
    return directory + 2 + 12 * little(tiff).getShort(directory);
  }
}
