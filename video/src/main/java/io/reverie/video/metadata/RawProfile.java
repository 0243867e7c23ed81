package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.bytes.ByteView;
import java.util.HexFormat;

/**
 * ImageMagick's texts {@code Raw profile type NAME} in PNG: a line feed, the name, the number of
 * bytes, and the bytes in hexadecimal. PNG has no other place for IPTC.
 */
final class RawProfile {

  private static final String KEYWORD = "Raw profile type ";
  private static final int LINE = 72;

  private RawProfile() {}

  /** Reads a text that is a profile; returns false for others. */
  static boolean read(TextItem item, MetadataBuilder found) {
    if (!item.keyword().startsWith(KEYWORD)) {
      return false;
    }
    switch (item.keyword().substring(KEYWORD.length())) {
      case "exif" -> found.exif(() -> ExifStream.withoutPrefix(bytes(item.text())));
      case "APP1", "app1" -> app1(item, found);
      case "xmp" -> found.xmp(() -> bytes(item.text()));
      case "iptc", "8bim" -> found.iptc(() -> Photoshop.iptc(bytes(item.text())));
      case "icc", "icm" -> found.icc(() -> bytes(item.text()));
      default -> found.lose("one of its texts is a profile of an unknown kind and was left out");
    }
    return true;
  }

  private static void app1(TextItem item, MetadataBuilder found) {
    if (item.text().contains(HexFormat.of().formatHex("Exif".getBytes(ISO_8859_1)))) {
      found.exif(() -> ExifStream.withoutPrefix(bytes(item.text())));
    } else {
      found.xmp(
          () -> {
            byte[] segment = bytes(item.text());
            return ByteView.of(segment)
                .part(JpegXmp.MARK.length, segment.length - JpegXmp.MARK.length);
          });
    }
  }

  private static byte[] bytes(String text) {
    String[] lines = text.strip().split("\\s*\n\\s*", 3);
    if (lines.length < 3) {
      throw new IllegalArgumentException("no profile");
    }
    byte[] bytes = HexFormat.of().parseHex(lines[2].replaceAll("\\s", ""));
    if (bytes.length != Long.parseLong(lines[1])) {
      throw new IllegalArgumentException("another length");
    }
    return bytes;
  }

  static TextItem iptc(byte[] record) {
    byte[] resources = Photoshop.resources(record);
    StringBuilder text = new StringBuilder("\niptc\n%8d".formatted(resources.length));
    String hex = HexFormat.of().formatHex(resources);
    for (int at = 0; at < hex.length(); at += LINE) {
      text.append('\n').append(hex, at, Math.min(hex.length(), at + LINE));
    }
    return new TextItem(KEYWORD + "iptc", text.append('\n').toString());
  }
}
