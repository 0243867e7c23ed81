package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.StillMetadata.Written;
import io.reverie.video.metadata.bytes.ByteView;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * WebP's chunks {@code ICCP}, {@code EXIF} and {@code XMP }, which require the extended header
 * {@code VP8X}; see <a href="https://developers.google.com/speed/webp/docs/riff_container">the
 * format</a>.
 */
record WebpContainer() implements StillContainer {

  private static final int FIRST = 12;
  private static final int HEAD = 8;
  private static final int HAS_PROFILE = 0x20;
  private static final int HAS_ALPHA = 0x10;
  private static final int HAS_EXIF = 0x08;
  private static final int HAS_XMP = 0x04;

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Override
  public boolean matches(ByteView still) {
    return still.has(0, ascii("RIFF")) && still.has(8, ascii("WEBP"));
  }

  @Override
  public void read(ByteView still, MetadataBuilder found) {
    ByteView in = still.littleEndian();
    long length;
    for (long at = FIRST; at + HEAD <= in.length(); at += HEAD + length + (length & 1)) {
      length = in.u32(at + 4);
      long content = at + HEAD;
      long size = length;
      switch (type(in, at)) {
        case "ICCP" -> found.icc(() -> in.part(content, size));
        case "EXIF" -> found.exif(() -> ExifStream.withoutPrefix(in.part(content, size)));
        case "XMP " -> found.xmp(() -> in.part(content, size));
        default -> {
          // Pixels.
        }
      }
    }
  }

  private static String type(ByteView in, long at) {
    return new String(in.part(at, 4), ISO_8859_1);
  }

  @Override
  public Pixels pixels(ByteView still) {
    ByteView header = ByteView.of(header(still.littleEndian())).littleEndian();
    int width = (int) (header.u32(HEAD + 4) & 0xFFFFFF) + 1;
    int height = (int) (header.u32(HEAD + 6) >> 8) + 1;
    return new Pixels(width, height, false);
  }

  @Override
  public boolean holds(TextItem text) {
    return false;
  }

  @Override
  public boolean hasIptc() {
    return false;
  }

  @Override
  public boolean hasDensity() {
    return false;
  }

  @Override
  public Written write(byte[] still, StillMetadata metadata) {
    ByteView in = ByteView.of(still).littleEndian();
    ByteArrayOutputStream out = new ByteArrayOutputStream(still.length);
    out.write(still, 0, FIRST);
    byte[] header = header(in);
    metadata
        .icc()
        .ifPresent(
            icc -> {
              header[HEAD] |= HAS_PROFILE;
              out.writeBytes(chunk("ICCP", icc));
            });
    int length;
    for (int at = FIRST; at < still.length; at += length) {
      length = HEAD + (int) (in.u32(at + 4) + (in.u32(at + 4) & 1));
      String type = type(in, at);
      if (!type.equals("VP8X") && !isReplaced(type, metadata)) {
        out.write(still, at, length);
      }
    }
    metadata
        .exif()
        .ifPresent(
            exif -> {
              header[HEAD] |= HAS_EXIF;
              out.writeBytes(chunk("EXIF", exif));
            });
    metadata
        .xmp()
        .ifPresent(
            xmp -> {
              header[HEAD] |= HAS_XMP;
              out.writeBytes(chunk("XMP ", xmp));
            });
    return new Written(whole(out.toByteArray(), header), List.of());
  }

  private static boolean isReplaced(String type, StillMetadata metadata) {
    return switch (type) {
      case "ICCP" -> metadata.icc().isPresent();
      case "EXIF" -> metadata.exif().isPresent();
      case "XMP " -> metadata.xmp().isPresent();
      default -> false;
    };
  }

  /** Inserts the extended header before the first chunk, if it has anything to state. */
  private static byte[] whole(byte[] file, byte[] header) {
    byte[] whole =
        header[HEAD] == 0
            ? file
            : ByteView.joined(
                Arrays.copyOf(file, FIRST), header, Arrays.copyOfRange(file, FIRST, file.length));
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(4, whole.length - HEAD);
    return whole;
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] chunk = new byte[HEAD + content.length + (content.length & 1)];
    ByteBuffer.wrap(chunk)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii(type))
        .putInt(content.length)
        .put(content);
    return chunk;
  }

  /**
   * Returns the extended header: the file's own or one from its picture, which has flags, then
   * width - 1 and height - 1 in 24 bits each.
   */
  private static byte[] header(ByteView in) {
    String type = type(in, FIRST);
    if (type.equals("VP8X")) {
      return in.part(FIRST, HEAD + 10);
    }
    int content = FIRST + HEAD;
    boolean lossless = type.equals("VP8L");
    // Lossless: 14 bits each and an alpha flag after a signature byte; lossy: 16 bits each after a
    // tag.
    int packed = (int) in.u32(content + (lossless ? 1 : 6));
    int width = lossless ? packed & 0x3FFF : (packed & 0x3FFF) - 1;
    int height = lossless ? (packed >> 14) & 0x3FFF : ((packed >> 16) & 0x3FFF) - 1;
    boolean alpha = lossless && (packed & (1 << 28)) != 0;
    byte[] header = new byte[10];
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(alpha ? HAS_ALPHA : 0)
        .putShort((short) width)
        .put((byte) 0)
        .putShort((short) height);
    return chunk("VP8X", header);
  }
}
