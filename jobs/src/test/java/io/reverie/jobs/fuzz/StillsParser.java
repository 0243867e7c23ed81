package io.reverie.jobs.fuzz;

import io.reverie.video.Frame;
import io.reverie.video.metadata.StillMetadata;
import io.reverie.video.still.Stills;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Decodes PNG, JPEG, WebP, TIFF, OpenEXR, GIF and BMP, which are distinguished by content, and
 * copies their metadata.
 */
final class StillsParser implements Parser {

  private static final int WIDTH = 24;
  private static final int HEIGHT = 18;
  private static final List<String> FORMATS = List.of("png", "jpg", "webp", "tiff");

  /** Formats that Reverie does not write. */
  private static final List<String> JDK = List.of("gif", "bmp");

  @Override
  public void read(byte[] input, Room room) {
    byte[] mended = Checksums.mended(input);
    StillMetadata metadata = StillMetadata.read(mended);
    for (String extension : FORMATS) {
      byte[] result = Stills.encode(picture(false), "x." + extension, 8, 90);
      metadata.write(result);
      metadata.withoutPrivate().write(result);
    }
    Stills.read(new MemorySource("x.png", mended));
  }

  @Override
  public List<byte[]> seeds(Room room) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String extension : FORMATS) {
      seeds.add(Stills.encode(picture(false), "x." + extension, 8, 90));
      seeds.add(Stills.encode(picture(true), "x." + extension, 16, 100));
    }
    seeds.add(Stills.encode(picture(true), "x.exr", 32, 90));
    for (String format : JDK) {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB), format, file);
      seeds.add(file.toByteArray());
    }
    return seeds;
  }

  static Frame picture(boolean alpha) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i * 7919 % 256;
    }
    float[] opacity = new float[WIDTH * HEIGHT];
    for (int i = 0; i < opacity.length; i++) {
      opacity[i] = i % 256;
    }
    return new Frame(WIDTH, HEIGHT, rgb, alpha ? Optional.of(opacity) : Optional.empty(), 0, false);
  }

  @Override
  public List<String> words() {
    return List.of(
        "IHDR",
        "PLTE",
        "tRNS",
        "IDAT",
        "eXIf",
        "iCCP",
        "gAMA",
        "acTL",
        "fcTL",
        "fdAT",
        "IEND",
        "Exif\0\0",
        "II*\0",
        "MM\0*",
        "VP8X",
        "VP8L",
        "ALPH",
        "ANIM",
        "ANMF",
        "ICCP",
        "EXIF",
        "BM",
        "P6 ",
        "GIF89a",
        "\u0089HDF",
        "#?RADIANCE\n",
        "v/1\u0001",
        "chromaticities\0",
        "NETSCAPE2.0",
        "\0\0\0\fjP  ",
        "\0\0\0 ftypavif");
  }
}
