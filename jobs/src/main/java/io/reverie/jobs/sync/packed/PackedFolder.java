package io.reverie.jobs.sync.packed;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.untrusted.SmallFile;
import io.reverie.jobs.storage.untrusted.StoredJson;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The folder of packed records: numbered indexes, of which the highest counts, and the files that
 * they name. Files are written before the index that names them, and deleted after it, so a crash
 * at any time leaves a whole set of records. One process at a time may write.
 */
public record PackedFolder(Location folder) implements Serializable {

  /** Maximum number of records in a file. */
  public static final int MAX_RECORDS = 50_000;

  private static final Pattern INDEX = Pattern.compile("index-(\\d{12})\\.json");
  private static final Pattern SEGMENT = Pattern.compile("records-[0-9a-f-]{36}\\.bin");
  private static final int MAX_INDEX = 16 << 20;

  /** Reads the index that counts. */
  public PackedIndex index() throws IOException {
    Optional<FileEntry> newest = Optional.empty();
    long highest = 0;
    for (FileEntry file : files()) {
      Matcher index = INDEX.matcher(file.location().name());
      if (index.matches() && Long.parseLong(index.group(1)) > highest) {
        highest = Long.parseLong(index.group(1));
        newest = Optional.of(file);
      }
    }
    return newest.isEmpty() ? PackedIndex.NONE : read(newest.get().location());
  }

  private List<FileEntry> files() throws IOException {
    try (Stream<FileEntry> files = Storage.of(folder).list(folder)) {
      return files.toList();
    }
  }

  private static PackedIndex read(Location file) throws IOException {
    try {
      byte[] bytes = SmallFile.read(file, MAX_INDEX).orElseThrow(() -> foreign(file));
      PackedIndex index = StoredJson.MAPPER.readValue(bytes, PackedIndex.class);
      if (index.version() != PackedIndex.VERSION
          || !index.segments().stream().allMatch(PackedFolder::isValid)
          || namesOneTwice(index)) {
        throw foreign(file);
      }
      return index;
    } catch (JsonProcessingException e) {
      throw foreign(file);
    }
  }

  /** A forged index could name one file so often that its records fill the heap. */
  private static boolean namesOneTwice(PackedIndex index) {
    Set<String> names = new HashSet<>();
    return !index.segments().stream().allMatch(segment -> names.add(segment.name()));
  }

  private static boolean isValid(PackedIndex.Segment segment) {
    return SEGMENT.matcher(segment.name()).matches()
        && segment.records() >= 0
        && segment.records() <= MAX_RECORDS;
  }

  private static UserException foreign(Location file) {
    return UserException.environment(
        "%s is not a file of this version of Reverie; delete its folder, and finished inputs will be dreamed again"
            .formatted(file));
  }

  /**
   * Reads the records of a file, in their order.
   *
   * @throws UserException if the file is damaged
   */
  public void read(PackedIndex.Segment segment, Consumer<PackedRecord> records) throws IOException {
    Location file = folder.resolve(segment.name());
    byte[] bytes =
        SmallFile.read(file, size(MAX_RECORDS))
            .filter(content -> content.length == size(segment.records()))
            .orElseThrow(() -> foreign(file));
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getLong(bytes.length - Long.BYTES) != checksum(bytes)) {
      throw foreign(file);
    }
    for (int i = 0; i < segment.records(); i++) {
      records.accept(new PackedRecord(in.getLong(), in.getLong(), in.getLong()));
    }
  }

  private static int size(int records) {
    return 3 * Long.BYTES * records + Long.BYTES;
  }

  /** Returns the checksum of everything before it. */
  private static long checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length - Long.BYTES);
    return sum.getValue();
  }

  /** Writes a file of records, which counts as soon as an index names it. */
  public PackedIndex.Segment write(List<PackedRecord> records) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(size(records.size()));
    for (PackedRecord each : records) {
      out.putLong(each.result()).putLong(each.work()).putLong(each.made());
    }
    out.putLong(checksum(out.array()));
    String name = "records-%s.bin".formatted(UUID.randomUUID());
    Location file = folder.resolve(name);
    Storage.of(file).write(file, out.array());
    return new PackedIndex.Segment(name, records.size());
  }

  /**
   * Makes other files count, and deletes those that no longer do.
   *
   * @param checked when all results were last seen to exist
   */
  public PackedIndex publish(PackedIndex before, List<PackedIndex.Segment> segments, long checked)
      throws IOException {
    PackedIndex index =
        new PackedIndex(PackedIndex.VERSION, before.number() + 1, checked, segments);
    Location file = folder.resolve("index-%012d.json".formatted(index.number()));
    Storage.of(file).write(file, StoredJson.MAPPER.writeValueAsBytes(index));
    Set<String> kept = new HashSet<>(Set.of(file.name()));
    segments.forEach(segment -> kept.add(segment.name()));
    List<Location> old = new ArrayList<>();
    for (FileEntry each : files()) {
      if (!kept.contains(each.location().name())) {
        old.add(each.location());
      }
    }
    Storage.of(folder).deleteFiles(old);
    return index;
  }
}
