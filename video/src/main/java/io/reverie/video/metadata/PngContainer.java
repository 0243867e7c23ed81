package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reverie.video.metadata.StillMetadata.Written;
import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.bytes.Deflated;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * PNG's chunks {@code iCCP}, {@code eXIf}, {@code pHYs}, {@code tEXt}, {@code zTXt} and {@code
 * iTXt}; see <a href="https://www.w3.org/TR/png-3/">the format</a>.
 */
record PngContainer() implements StillContainer {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** Length, type and checksum of a chunk. */
  private static final int FRAME = 12;

  private static final int CONTENT = 8;
  private static final String XMP = "XML:com.adobe.xmp";
  private static final int LONGEST_KEYWORD = 79;

  /** Chunks that describe colours; a profile takes the place of them all. */
  private static final Set<String> COLOURS = Set.of("iCCP", "sRGB", "gAMA", "cHRM", "cICP");

  /** The header's content: width, height, depth, colour type. */
  private static final int HEADER = SIGNATURE.length + CONTENT;

  private static final int HAS_COLOUR = 2;

  @Override
  public boolean matches(ByteView still) {
    return still.has(0, SIGNATURE);
  }

  @Override
  public void read(ByteView still, MetadataBuilder found) {
    long length;
    for (long at = SIGNATURE.length; at + FRAME <= still.length(); at += FRAME + length) {
      length = still.u32(at);
      chunk(still, type(still, at), at + CONTENT, length, found);
    }
  }

  private static String type(ByteView still, long at) {
    return new String(still.part(at + 4, 4), ISO_8859_1);
  }

  private static void chunk(ByteView in, String type, long at, long length, MetadataBuilder found) {
    switch (type) {
      case "iCCP" ->
          found.icc(
              () -> {
                byte[] content = in.part(at, length);
                return Deflated.inflate(rest(content, zero(content, 0) + 2));
              });
      case "eXIf" -> found.exif(() -> ExifStream.withoutPrefix(in.part(at, length)));
      case "pHYs" -> density(in, at, length, found);
      case "tEXt", "zTXt", "iTXt" -> text(type, in, at, length, found);
      default -> {
        // Pixels, or data that concerns them.
      }
    }
  }

  private static void density(ByteView in, long at, long length, MetadataBuilder found) {
    if (length == 9) {
      boolean metres = in.u8(at + 8) == 1;
      double unit = metres ? 100 / Resolution.INCH : 1;
      found.resolution(in.u32(at) / unit, in.u32(at + 4) / unit, metres);
    }
  }

  private static void text(String type, ByteView in, long at, long length, MetadataBuilder found) {
    if (found.isFull()) {
      return;
    }
    Optional<TextItem> text = Optional.empty();
    try {
      text = Optional.of(text(type, in.part(at, length)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      found.damagedText();
    }
    text.ifPresent(found::read);
    text.ifPresent(
        item -> {
          if (item.keyword().equals(XMP)) {
            found.xmp(() -> item.text().getBytes(UTF_8));
          } else if (!RawProfile.read(item, found)) {
            found.text(() -> item);
          }
        });
  }

  private static TextItem text(String type, byte[] content) {
    int end = zero(content, 0);
    String keyword = new String(content, 0, end, ISO_8859_1);
    if (keyword.isEmpty() || end > LONGEST_KEYWORD) {
      throw new IllegalArgumentException("no keyword");
    }
    return switch (type) {
      case "tEXt" -> new TextItem(keyword, new String(rest(content, end + 1), ISO_8859_1));
      case "zTXt" ->
          new TextItem(keyword, new String(Deflated.inflate(rest(content, end + 2)), ISO_8859_1));
      default -> {
        boolean deflated = content[end + 1] == 1;
        byte[] text = rest(content, zero(content, zero(content, end + 3) + 1) + 1);
        yield new TextItem(keyword, new String(deflated ? Deflated.inflate(text) : text, UTF_8));
      }
    };
  }

  /** Returns the position of the first zero byte. */
  private static int zero(byte[] content, int from) {
    int at = from;
    while (content[at] != 0) {
      at++;
    }
    return at;
  }

  private static byte[] rest(byte[] content, int from) {
    if (from > content.length) {
      throw new IllegalArgumentException("truncated");
    }
    return Arrays.copyOfRange(content, from, content.length);
  }

  @Override
  public Pixels pixels(ByteView still) {
    boolean grey = (still.u8(HEADER + 9) & HAS_COLOUR) == 0;
    return new Pixels((int) still.u32(HEADER), (int) still.u32(HEADER + 4), grey);
  }

  @Override
  public boolean holds(TextItem text) {
    return true;
  }

  @Override
  public Written write(byte[] still, StillMetadata metadata) {
    ByteView in = ByteView.of(still);
    List<byte[]> chunks = chunks(metadata);
    Set<String> replaced = new HashSet<>();
    for (byte[] chunk : chunks) {
      String type = type(ByteView.of(chunk), 0);
      if (COLOURS.contains(type)) {
        replaced.addAll(COLOURS);
      }
      replaced.add(identity(ByteView.of(chunk), 0));
    }
    boolean animated = isAnimated(in);
    ByteArrayOutputStream out = new ByteArrayOutputStream(still.length);
    out.write(still, 0, SIGNATURE.length);
    for (int at = SIGNATURE.length; at < still.length; ) {
      int length = FRAME + (int) in.u32(at);
      if (animated && type(in, at).equals("IEND")) {
        chunks.stream().filter(PngContainer::isText).forEach(out::writeBytes);
      }
      if (!replaced.contains(identity(in, at))) {
        out.write(still, at, length);
      }
      if (at == SIGNATURE.length) {
        // After the header, which must be first, so that readers find them before the pixels. Texts
        // of an animation come last: FFmpeg takes it for a still if pixels are not within 2048
        // bytes.
        chunks.stream().filter(chunk -> !animated || !isText(chunk)).forEach(out::writeBytes);
      }
      at += length;
    }
    return new Written(out.toByteArray(), List.of());
  }

  private static boolean isAnimated(ByteView in) {
    for (long at = SIGNATURE.length; at < in.length(); at += FRAME + in.u32(at)) {
      String type = type(in, at);
      if (type.equals("acTL") || type.equals("IDAT")) {
        return type.equals("acTL");
      }
    }
    return false;
  }

  private static boolean isText(byte[] chunk) {
    return type(ByteView.of(chunk), 0).endsWith("Xt");
  }

  /** Returns a chunk's type; of texts with their keyword. */
  private static String identity(ByteView in, long at) {
    String type = type(in, at);
    if (!type.endsWith("Xt")) {
      return type;
    }
    byte[] content = in.part(at + CONTENT, Math.min(in.u32(at), LONGEST_KEYWORD + 1));
    return "text " + new String(content, 0, zero(content, 0), ISO_8859_1);
  }

  private static List<byte[]> chunks(StillMetadata metadata) {
    List<byte[]> chunks = new ArrayList<>();
    metadata.icc().map(icc -> chunk("iCCP", deflated("ICC profile", icc))).ifPresent(chunks::add);
    metadata.resolution().map(PngContainer::density).ifPresent(chunks::add);
    metadata.exif().map(exif -> chunk("eXIf", exif)).ifPresent(chunks::add);
    metadata
        .xmp()
        .map(xmp -> chunk("iTXt", ByteView.joined(latin(XMP + "\0\0\0\0\0"), xmp)))
        .ifPresent(chunks::add);
    metadata
        .iptc()
        .map(RawProfile::iptc)
        .map(raw -> chunk("zTXt", deflated(raw.keyword(), latin(raw.text()))))
        .ifPresent(chunks::add);
    metadata.texts().stream().map(PngContainer::text).forEach(chunks::add);
    return chunks;
  }

  private static byte[] density(Resolution resolution) {
    double unit = resolution.absolute() ? 100 / Resolution.INCH : 1;
    byte[] content =
        ByteBuffer.allocate(9)
            .putInt((int) Math.round(resolution.x() * unit))
            .putInt((int) Math.round(resolution.y() * unit))
            .put((byte) (resolution.absolute() ? 1 : 0))
            .array();
    return chunk("pHYs", content);
  }

  private static byte[] text(TextItem item) {
    if (ISO_8859_1.newEncoder().canEncode(item.text())) {
      return chunk("tEXt", latin(item.keyword() + '\0' + item.text()));
    }
    byte[] head = latin(item.keyword() + "\0\0\0\0\0");
    return chunk("iTXt", ByteView.joined(head, item.text().getBytes(UTF_8)));
  }

  /** Returns a keyword, the method 0, and deflated data. */
  private static byte[] deflated(String keyword, byte[] plain) {
    return ByteView.joined(latin(keyword + "\0\0"), Deflated.deflate(plain));
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] checked = ByteView.joined(latin(type), content);
    CRC32 checksum = new CRC32();
    checksum.update(checked);
    return ByteBuffer.allocate(content.length + FRAME)
        .putInt(content.length)
        .put(checked)
        .putInt((int) checksum.getValue())
        .array();
  }
}
