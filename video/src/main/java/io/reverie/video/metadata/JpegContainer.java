package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reverie.video.metadata.StillMetadata.Written;
import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.xmp.XmpStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * JPEG's segments: JFIF in APP0, EXIF and XMP in APP1, the colour profile in one or more APP2
 * (ICC.1:2022, annex B.4), Photoshop's resources with IPTC in APP13, comments.
 */
record JpegContainer() implements StillContainer {

  private static final byte[] START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
  private static final byte[] ICC = latin("ICC_PROFILE\0");
  private static final byte[] JFIF = latin("JFIF\0");
  private static final byte[] PHOTOSHOP = latin("Photoshop 3.0\0");
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;

  /** Names a gain map after the picture (ISO 21496-1), with or without XMP. */
  private static final byte[] GAIN_MAP = "urn:iso:std:iso:ts:21496:-1\0".getBytes(ISO_8859_1);

  private static final int APP13 = 0xED;
  private static final int COMMENT = 0xFE;
  private static final int FRAME = 0xC0;
  private static final int LAST_FRAME = 0xC2;

  /** Limit of a segment's content. */
  private static final int LONGEST = 0xFFFF - 2;

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Override
  public boolean matches(ByteView still) {
    return still.has(0, START);
  }

  @Override
  public void read(ByteView still, MetadataBuilder found) {
    JpegProfile profile = new JpegProfile();
    JpegXmp xmp = new JpegXmp();
    ByteArrayOutputStream resources = new ByteArrayOutputStream();
    JpegSegments segment = new JpegSegments(still);
    while (segment.next()) {
      if (segment.is(APP1, ExifStream.PREFIX)) {
        found.exif(() -> segment.after(ExifStream.PREFIX));
      } else if (segment.is(APP1, JpegXmp.MARK)) {
        xmp.add(segment.after(JpegXmp.MARK));
      } else if (segment.is(APP1, JpegXmp.EXTENSION)) {
        xmp.addExtension(segment.after(JpegXmp.EXTENSION));
      } else if (segment.is(APP2, ICC)) {
        profile.add(segment.after(ICC));
      } else if (segment.is(APP2, GAIN_MAP)) {
        found.lose(XmpStream.SECOND_PICTURE);
      } else if (segment.is(APP13, PHOTOSHOP) && resources.size() < ByteView.LONGEST) {
        resources.writeBytes(segment.after(PHOTOSHOP));
      } else if (segment.is(APP0, JFIF) && segment.length() >= 12) {
        density(still, segment.content() + JFIF.length, found);
      } else if (segment.marker() == COMMENT) {
        found.text(() -> new TextItem(TextItem.COMMENT, decoded(segment.after(new byte[0]))));
      }
    }
    xmp.read(found);
    if (!profile.isEmpty()) {
      found.icc(profile::joined);
    }
    if (resources.size() > 0) {
      found.iptc(() -> Photoshop.iptc(resources.toByteArray()));
    }
  }

  private static void density(ByteView in, int at, MetadataBuilder found) {
    int unit = in.u8(at + 2);
    double inches = unit == 2 ? Resolution.INCH : 1;
    double x = in.u16(at + 3) * inches;
    double y = in.u16(at + 5) * inches;
    // Square pixels of no size are what every encoder states that knows nothing.
    if (unit != 0 || x != y) {
      found.resolution(x, y, unit != 0);
    }
  }

  static String decoded(byte[] text) {
    int length = text.length;
    while (length > 0 && text[length - 1] == 0) {
      length--;
    }
    ByteBuffer bytes = ByteBuffer.wrap(text, 0, length);
    try {
      return UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return ISO_8859_1.decode(bytes).toString();
    }
  }

  @Override
  public Pixels pixels(ByteView still) {
    JpegSegments segment = new JpegSegments(still);
    while (segment.next()) {
      if (segment.marker() >= FRAME && segment.marker() <= LAST_FRAME) {
        int at = segment.content();
        return new Pixels(still.u16(at + 3), still.u16(at + 1), still.u8(at + 5) == 1);
      }
    }
    throw new IllegalArgumentException("no frame");
  }

  @Override
  public boolean holds(TextItem text) {
    return text.keyword().equals(TextItem.COMMENT) && text.text().getBytes(UTF_8).length <= LONGEST;
  }

  @Override
  public Written write(byte[] still, StillMetadata metadata) {
    ByteView in = ByteView.of(still);
    List<String> losses = new ArrayList<>();
    byte[] inserted = segments(metadata, losses);
    ByteArrayOutputStream out = new ByteArrayOutputStream(still.length + inserted.length);
    out.write(still, 0, 2);
    JpegSegments segment = new JpegSegments(in);
    int rest = 2;
    boolean done = false;
    while (segment.next()) {
      // JFIF requires APP0 to be first.
      if (!done && segment.marker() != APP0) {
        out.writeBytes(inserted);
        done = true;
      }
      if (segment.is(APP0, JFIF)) {
        out.writeBytes(JpegContainer.withDensity(in, segment, metadata));
      } else if (!isReplaced(segment, metadata)) {
        out.write(still, segment.at(), segment.end() - segment.at());
      }
      rest = segment.end();
    }
    out.write(still, rest, still.length - rest);
    return new Written(out.toByteArray(), losses);
  }

  private static boolean isReplaced(JpegSegments segment, StillMetadata metadata) {
    return (metadata.exif().isPresent() && segment.is(APP1, ExifStream.PREFIX))
        || (metadata.xmp().isPresent()
            && (segment.is(APP1, JpegXmp.MARK) || segment.is(APP1, JpegXmp.EXTENSION)))
        || (metadata.icc().isPresent() && segment.is(APP2, ICC))
        || (metadata.iptc().isPresent() && segment.is(APP13, PHOTOSHOP));
  }

  private static byte[] segments(StillMetadata metadata, List<String> losses) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metadata
        .exif()
        .flatMap(exif -> shortened(exif, losses))
        .ifPresent(exif -> out.writeBytes(segment(APP1, ExifStream.PREFIX, exif)));
    List<JpegXmp.Segment> packets = metadata.xmp().map(JpegXmp::segments).orElse(List.of());
    if (metadata.xmp().isPresent() && packets.isEmpty()) {
      losses.add("its XMP packet is larger than the 64 KB of a JPEG and was left out");
    }
    packets.forEach(each -> out.writeBytes(segment(APP1, each.mark(), each.content())));
    metadata
        .icc()
        .ifPresent(
            icc -> JpegProfile.pieces(icc).forEach(p -> out.writeBytes(segment(APP2, ICC, p))));
    metadata.iptc().map(Photoshop::resources).ifPresent(iptc -> pieces(iptc, out));
    for (TextItem text : metadata.texts()) {
      out.writeBytes(segment(COMMENT, new byte[0], text.text().getBytes(UTF_8)));
    }
    return out.toByteArray();
  }

  /** Returns EXIF data that fits, without the maker note if need be. */
  private static Optional<byte[]> shortened(byte[] exif, List<String> losses) {
    int most = LONGEST - ExifStream.PREFIX.length;
    if (exif.length <= most) {
      return Optional.of(exif);
    }
    Optional<byte[]> without =
        ExifStream.withoutMakerNote(exif).filter(bytes -> bytes.length <= most);
    losses.add(
        "its %s is larger than the 64 KB of a JPEG and was left out"
            .formatted(without.isPresent() ? "maker note" : "EXIF data"));
    return without;
  }

  /** Resources continue in the next segment. */
  private static void pieces(byte[] resources, ByteArrayOutputStream out) {
    int step = LONGEST - PHOTOSHOP.length;
    for (int at = 0; at < resources.length; at += step) {
      int end = Math.min(resources.length, at + step);
      out.writeBytes(segment(APP13, PHOTOSHOP, Arrays.copyOfRange(resources, at, end)));
    }
  }

  private static byte[] segment(int marker, byte[] mark, byte[] content) {
    return ByteBuffer.allocate(4 + mark.length + content.length)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + mark.length + content.length))
        .put(mark)
        .put(content)
        .array();
  }

  private static byte[] withDensity(ByteView in, JpegSegments app0, StillMetadata metadata) {
    byte[] segment = in.part(app0.at(), app0.end() - app0.at());
    metadata
        .resolution()
        .ifPresent(
            density ->
                ByteBuffer.wrap(segment)
                    .put(11, (byte) (density.absolute() ? 1 : 0))
                    .putShort(12, (short) Math.min(0xFFFF, Math.round(density.x())))
                    .putShort(14, (short) Math.min(0xFFFF, Math.round(density.y()))));
    return segment;
  }
}
