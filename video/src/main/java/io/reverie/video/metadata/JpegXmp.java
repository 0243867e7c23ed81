package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.xmp.XmpPacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * XMP in segments of a JPEG: a packet of at most 64 KB, and an extension in pieces, which the
 * packet names by its digest (XMP specification part 3, section 1.1.3.1).
 */
final class JpegXmp {

  static final byte[] MARK = "http://ns.adobe.com/xap/1.0/\0".getBytes(ISO_8859_1);
  static final byte[] EXTENSION = "http://ns.adobe.com/xmp/extension/\0".getBytes(ISO_8859_1);
  private static final String NOTE = "http://ns.adobe.com/xmp/note/";
  private static final String NAME = "HasExtendedXMP";
  private static final int DIGEST = 32;
  private static final int HEAD = DIGEST + 8;
  private static final int LONGEST = 65_400;

  /** The bytes that naming the extension takes. */
  private static final int ROOM = 300;

  private final Map<Long, byte[]> pieces = new TreeMap<>();
  private byte @Nullable [] packet;
  private long length;

  void add(byte[] content) {
    if (packet == null) {
      packet = content;
    }
  }

  void addExtension(byte[] content) {
    length += content.length;
    if (content.length > HEAD && length <= ByteView.LONGEST) {
      pieces.putIfAbsent(ByteView.of(content).u32(DIGEST + 4), content);
    }
  }

  /** Returns the packet with its extension; one that is damaged is named and left out. */
  void read(MetadataBuilder found) {
    byte[] own = packet;
    if (own == null) {
      return;
    }
    if (pieces.isEmpty()) {
      found.xmp(() -> own);
      return;
    }
    try {
      XmpPacket whole = XmpPacket.parse(own);
      Optional<String> digest = whole.value(NOTE, NAME);
      whole.remove((space, name) -> space.equals(NOTE) && name.equals(NAME));
      if (digest.isPresent()) {
        whole.add(XmpPacket.parse(extension(digest.get())));
      }
      found.xmp(whole::bytes);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      found.lose("its extended XMP is damaged and was left out");
      found.xmp(() -> own);
    }
  }

  private byte[] extension(String digest) {
    ByteArrayOutputStream extension = new ByteArrayOutputStream();
    for (Map.Entry<Long, byte[]> piece : pieces.entrySet()) {
      if (ByteView.of(piece.getValue()).has(0, digest.getBytes(ISO_8859_1))) {
        if (piece.getKey() != extension.size()) {
          throw new IllegalArgumentException("a piece is missing");
        }
        extension.write(piece.getValue(), HEAD, piece.getValue().length - HEAD);
      }
    }
    return extension.toByteArray();
  }

  /** One segment: what it starts with, and the rest. */
  record Segment(byte[] mark, byte[] content) {}

  /** Splits a packet; empty if it cannot be. */
  static List<Segment> segments(byte[] packet) {
    if (packet.length <= LONGEST) {
      return List.of(new Segment(MARK, packet));
    }
    XmpPacket main = XmpPacket.parse(packet);
    byte[] extension = main.split(LONGEST - ROOM).bytes();
    String digest = digest(extension);
    main.add("xmpNote", NOTE, NAME, digest);
    byte[] rest = main.bytes();
    if (rest.length > LONGEST) {
      return List.of();
    }
    List<Segment> segments = new ArrayList<>(List.of(new Segment(MARK, rest)));
    int step = LONGEST - HEAD - EXTENSION.length;
    for (int at = 0; at < extension.length; at += step) {
      byte[] piece = Arrays.copyOfRange(extension, at, Math.min(extension.length, at + step));
      byte[] content =
          ByteBuffer.allocate(HEAD + piece.length)
              .put(digest.getBytes(ISO_8859_1))
              .putInt(extension.length)
              .putInt(at)
              .put(piece)
              .array();
      segments.add(new Segment(EXTENSION, content));
    }
    return segments;
  }

  private static String digest(byte[] extension) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(extension);
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
