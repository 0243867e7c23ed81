package io.reverie.jobs.provenance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Sha256;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * The image or video that was dreamed.
 *
 * @param name of the file, or the pattern of numbered frames
 * @param address where it was, relative to the result
 * @param bytes total size of its files
 * @param sha256 of the concatenated files; empty for large remote sources, which would have to be
 *     downloaded again
 */
public record SourceInfo(String name, String address, long bytes, String sha256)
    implements Serializable {

  /** The input name for generated noise. */
  public static final String NOISE = "noise:";

  private static final long MAX_REMOTE_BYTES = 64L << 20;

  public SourceInfo {
    if (bytes < 0) {
      throw new IllegalArgumentException("%s cannot have %d bytes".formatted(name, bytes));
    }
  }

  /** A source that is generated from the settings alone. */
  public static SourceInfo generated(String name) {
    return new SourceInfo(name, name, 0, "");
  }

  /** Returns whether it was generated instead of read from a file. */
  @JsonIgnore
  public boolean isGenerated() {
    return address.equals(NOISE);
  }

  /**
   * Describes a source by its files.
   *
   * @param source the file, or the pattern of numbered frames
   * @param files in order
   * @param output where the result goes
   */
  public static SourceInfo of(Location source, List<FileEntry> files, Location output)
      throws IOException {
    List<Location> places = files.stream().map(FileEntry::location).toList();
    long bytes = files.stream().mapToLong(FileEntry::length).sum();
    boolean hashable = bytes <= MAX_REMOTE_BYTES || places.stream().allMatch(Location::isLocal);
    String address = RecordedName.of(source, output);
    return new SourceInfo(
        new Location(address).name(), address, bytes, hashable ? Sha256.of(places) : "");
  }

  /**
   * Describes a source of one file.
   *
   * @param content of the file, which is read unless it is large and remote
   * @param output where the result goes
   */
  public static SourceInfo of(FileEntry file, MediaSource content, Location output)
      throws IOException {
    boolean hashable = file.length() <= MAX_REMOTE_BYTES || file.location().isLocal();
    String address = RecordedName.of(file.location(), output);
    return new SourceInfo(
        new Location(address).name(), address, file.length(), hashable ? Sha256.of(content) : "");
  }

  SourceInfo shared() {
    return new SourceInfo(name, RecordedName.shared(address), bytes, sha256);
  }

  /** Returns whether another source has the same content, as far as known of both. */
  public boolean isSame(SourceInfo other) {
    boolean hashed = !sha256.isEmpty() && !other.sha256.isEmpty();
    return bytes == other.bytes && (!hashed || sha256.equals(other.sha256));
  }
}
