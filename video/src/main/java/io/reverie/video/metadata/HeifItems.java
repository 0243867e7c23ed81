package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.xmp.XmpStream;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The items {@code Exif} and XMP of HEIC and AVIF (ISO 23008-12, annex A; the boxes {@code iinf}
 * and {@code iloc} of ISO 14496-12). The decoder has the colour profile.
 */
record HeifItems() implements MetadataSource {

  private static final byte[] FILE_TYPE = "ftyp".getBytes(ISO_8859_1);
  private static final byte[] MIME = "mime".getBytes(ISO_8859_1);
  private static final byte[] EXIF = "Exif".getBytes(ISO_8859_1);
  private static final byte[] RDF = "application/rdf+xml".getBytes(ISO_8859_1);
  private static final int HEAD = 8;

  /** Parts of the names of auxiliary pictures: Apple's gain map, depth of ISO and of Apple. */
  private static final List<String> SECOND = List.of("hdrgainmap", "depth", "disparity", "auxid:2");

  private static final int LONGEST_NAME = 256;

  /** Version and flags. */
  private static final int VERSION = 4;

  private enum Kind {
    EXIF,
    XMP
  }

  /** A box's type, and its content from a position to another. */
  private record Box(String type, long from, long to) {}

  @Override
  public boolean matches(ByteView still) {
    return still.has(4, FILE_TYPE);
  }

  @Override
  public void read(ByteView still, MetadataBuilder found) {
    Map<Long, Kind> kinds = new HashMap<>();
    Box meta = find(still, "meta", 0, still.length());
    long from = meta.from() + VERSION;
    Box information = find(still, "iinf", from, meta.to());
    boolean shortCount = still.u8(information.from()) == 0;
    long at = information.from() + VERSION + (shortCount ? 2 : 4);
    while (at + HEAD <= information.to()) {
      Box entry = box(still, at, information.to());
      kind(still, entry, kinds);
      at = entry.to();
    }
    secondPictures(still, from, meta.to(), found);
    if (!kinds.isEmpty()) {
      new Locations(still, find(still, "iloc", from, meta.to())).read(kinds, found);
    }
  }

  /** Names auxiliary pictures that are neither the image nor its opacity. */
  private static void secondPictures(ByteView still, long from, long to, MetadataBuilder found) {
    Box properties = find(still, "iprp", from, to);
    Box all = find(still, "ipco", properties.from(), properties.to());
    for (long at = all.from(); at + HEAD <= all.to(); ) {
      Box property = box(still, at, all.to());
      if (property.type().equals("auxC")) {
        long length = Math.min(LONGEST_NAME, property.to() - property.from());
        String name = new String(still.part(property.from(), length), ISO_8859_1);
        if (SECOND.stream().anyMatch(name::contains)) {
          found.lose(XmpStream.SECOND_PICTURE);
        }
      }
      at = property.to();
    }
  }

  private static Box find(ByteView in, String type, long from, long to) {
    for (long at = from; at + HEAD <= to; ) {
      Box box = box(in, at, to);
      if (box.type().equals(type)) {
        return box;
      }
      at = box.to();
    }
    throw new IllegalArgumentException("no box " + type);
  }

  private static Box box(ByteView in, long at, long end) {
    long size = in.u32(at);
    int head = size == 1 ? 2 * HEAD : HEAD;
    long length = size == 1 ? in.u64(at + HEAD) : size == 0 ? end - at : size;
    if (length < head || length > end - at) {
      throw new IllegalArgumentException("a box cannot have %d bytes".formatted(length));
    }
    return new Box(new String(in.part(at + 4, 4), ISO_8859_1), at + head, at + length);
  }

  private static void kind(ByteView in, Box entry, Map<Long, Kind> kinds) {
    int version = in.u8(entry.from());
    if (version < 2) {
      return;
    }
    long at = entry.from() + VERSION;
    long item = version == 2 ? in.u16(at) : in.u32(at);
    long type = at + (version == 2 ? 4 : 6);
    if (in.has(type, EXIF)) {
      kinds.put(item, Kind.EXIF);
    } else if (in.has(type, MIME)) {
      long name = type + 4;
      while (name < entry.to() && in.u8(name) != 0) {
        name++;
      }
      if (in.has(name + 1, RDF)) {
        kinds.put(item, Kind.XMP);
      }
    }
  }

  /** The box that says where items are. */
  private static final class Locations {

    private final ByteView in;
    private final Box box;
    private final int version;
    private final int sizes;
    private long at;

    Locations(ByteView in, Box box) {
      this.in = in;
      this.box = box;
      this.version = in.u8(box.from());
      this.sizes = in.u16(box.from() + VERSION);
      this.at = box.from() + VERSION + 2;
    }

    void read(Map<Long, Kind> kinds, MetadataBuilder found) {
      long count = number(version < 2 ? 2 : 4);
      Set<Kind> awaited = EnumSet.copyOf(kinds.values());
      for (long i = 0; i < count && at < box.to() && !awaited.isEmpty(); i++) {
        long item = number(version < 2 ? 2 : 4);
        boolean inFile = version == 0 || (number(2) & 0xF) == 0;
        at += 2;
        long base = number((sizes >> 4) & 0xF);
        int extents = (int) number(2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Kind kind = kinds.get(item);
        boolean wanted = inFile && kind != null && awaited.remove(kind);
        for (int extent = 0; extent < extents; extent++) {
          number(version == 0 ? 0 : sizes & 0xF);
          long offset = number(sizes >> 12);
          long length = number((sizes >> 8) & 0xF);
          if (wanted && bytes.size() + length <= ByteView.LONGEST) {
            bytes.writeBytes(in.part(base + offset, length));
          }
        }
        if (kind != null && wanted && bytes.size() > 0) {
          add(kind, bytes.toByteArray(), found);
        }
      }
    }

    private static void add(Kind kind, byte[] item, MetadataBuilder found) {
      if (kind == Kind.XMP) {
        found.xmp(() -> item);
      } else {
        found.exif(
            () -> {
              long start = 4 + ByteView.of(item).u32(0);
              return ByteView.of(item).part(start, item.length - start);
            });
      }
    }

    private long number(int bytes) {
      long value =
          switch (bytes) {
            case 0 -> 0;
            case 2 -> in.u16(at);
            case 4 -> in.u32(at);
            case 8 -> in.u64(at);
            default -> throw new IllegalArgumentException("a number of %d bytes".formatted(bytes));
          };
      at += bytes;
      return value;
    }
  }
}
