package io.reverie.core.weights.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The central directory of a zip, read within limits. Each entry is limited to the start of the
 * next one, so entries cannot overlap.
 */
public final class ZipDirectory {

  private static final int LARGEST = 16 << 20;
  private static final int MAX_ENTRIES = 100_000;
  private static final int LONGEST_NAME = 512;
  private static final int HEADER = 46;
  private static final int UNIT_SIGNATURE = 0x02014b50;
  private static final int ENCRYPTED = 1;
  private static final long IN_EXTRA = 0xffff_ffffL;
  private static final int ZIP64_EXTRA = 1;

  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private ZipDirectory() {}

  /**
   * Reads a zip's directory.
   *
   * @throws MalformedWeights if it is damaged, too large, or contains a duplicate name
   */
  public static ZipDirectory read(Source source) throws IOException, MalformedWeights {
    ZipEnd end = ZipEnd.find(source);
    if (end.count() > MAX_ENTRIES || end.size() > LARGEST) {
      throw new MalformedWeights("it is a zip of %d entries".formatted(end.count()));
    }
    ByteBuffer bytes = source.read(end.position(), (int) end.size());
    ZipDirectory directory = new ZipDirectory();
    for (long i = 0; i < end.count(); i++) {
      directory.add(entry(bytes));
    }
    if (bytes.hasRemaining()) {
      throw new MalformedWeights("it is a zip with more entries than declared");
    }
    directory.limit(end.position());
    return directory;
  }

  private void add(ZipEntry entry) throws MalformedWeights {
    if (entries.put(entry.name(), entry) != null) {
      throw new MalformedWeights("it is a zip with the entry %s twice".formatted(entry.name()));
    }
  }

  /** Ends each entry at the next header, the last one at the directory. */
  private void limit(long directory) {
    long[] limit = {directory};
    entries.values().stream()
        .sorted((a, b) -> Long.compare(b.header(), a.header()))
        .forEach(
            entry -> {
              entries.put(entry.name(), entry.endingBefore(limit[0]));
              limit[0] = entry.header();
            });
  }

  private static ZipEntry entry(ByteBuffer bytes) throws MalformedWeights {
    requireRemaining(bytes, HEADER);
    int at = bytes.position();
    int name = Short.toUnsignedInt(bytes.getShort(at + 28));
    int extra = Short.toUnsignedInt(bytes.getShort(at + 30));
    int comment = Short.toUnsignedInt(bytes.getShort(at + 32));
    requireRemaining(bytes, HEADER + name + extra + comment);
    int flags = bytes.getShort(at + 8);
    if (bytes.getInt(at) != UNIT_SIGNATURE || name > LONGEST_NAME || (flags & ENCRYPTED) != 0) {
      throw broken();
    }
    byte[] text = new byte[name];
    bytes.get(at + HEADER, text);
    ByteBuffer zip64 = zip64(bytes.slice(at + HEADER + name, extra).order(bytes.order()));
    long size = wide(bytes.getInt(at + 24), zip64);
    long compressed = wide(bytes.getInt(at + 20), zip64);
    long header = wide(bytes.getInt(at + 42), zip64);
    bytes.position(at + HEADER + name + extra + comment);
    return new ZipEntry(
        new String(text, StandardCharsets.UTF_8),
        Short.toUnsignedInt(bytes.getShort(at + 10)),
        compressed,
        size,
        header,
        header);
  }

  private static void requireRemaining(ByteBuffer bytes, int count) throws MalformedWeights {
    if (bytes.remaining() < count) {
      throw broken();
    }
  }

  private static MalformedWeights broken() {
    return new MalformedWeights("it is a broken zip");
  }

  /** Returns the 64-bit extension of the extra fields; empty if there is none. */
  private static ByteBuffer zip64(ByteBuffer extra) throws MalformedWeights {
    while (extra.remaining() >= 4) {
      int id = Short.toUnsignedInt(extra.getShort());
      int length = Short.toUnsignedInt(extra.getShort());
      requireRemaining(extra, length);
      if (id == ZIP64_EXTRA) {
        return extra.limit(extra.position() + length);
      }
      extra.position(extra.position() + length);
    }
    return extra.position(extra.limit());
  }

  private static long wide(int narrow, ByteBuffer zip64) throws MalformedWeights {
    if (Integer.toUnsignedLong(narrow) < IN_EXTRA) {
      return Integer.toUnsignedLong(narrow);
    }
    requireRemaining(zip64, 8);
    return zip64.getLong();
  }

  /** Returns the names in directory order. */
  public Collection<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  public Optional<ZipEntry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }
}
