package io.reverie.jobs.provenance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What was dreamed.
 *
 * @param name of the file, or the pattern of numbered frames
 * @param address where it lay, seen from the result
 * @param bytes of all its files
 * @param sha256 of their content, one behind the other; empty for what is large and lies elsewhere,
 *     which would have to be fetched once more
 */
public record SourceInfo(String name, String address, long bytes, String sha256)
    implements Serializable {

  /** What is dreamed on that is no file: noise. */
  public static final String NOISE = "noise:";

  private static final long SMALL = 64L << 20;

  /** Of what is made on the spot, out of the settings alone. */
  public static SourceInfo made(String word) {
    return new SourceInfo(word, word, 0, "");
  }

  /** Whether there is no file of it. */
  @JsonIgnore
  public boolean isMade() {
    return address.equals(NOISE);
  }

  /**
   * Of its files.
   *
   * @param source the file, or the pattern of numbered frames
   * @param files in their order
   * @param output where the result goes
   */
  public static SourceInfo of(Location source, List<Entry> files, Location output)
      throws IOException {
    List<Location> places = files.stream().map(Entry::location).toList();
    long bytes = files.stream().mapToLong(Entry::length).sum();
    boolean near = bytes <= SMALL || places.stream().allMatch(Location::isLocal);
    String address = SharedAddress.of(source, output);
    return new SourceInfo(
        new Location(address).name(), address, bytes, near ? Sha256.of(places) : "");
  }

  SourceInfo shared() {
    return new SourceInfo(name, SharedAddress.shared(address), bytes, sha256);
  }

  /** Whether another one holds the same bytes, as far as that is known of both. */
  public boolean isSame(SourceInfo other) {
    boolean hashed = !sha256.isEmpty() && !other.sha256.isEmpty();
    return bytes == other.bytes && (!hashed || sha256.equals(other.sha256));
  }
}
