package io.reverie.jobs.provenance;

import io.reverie.jobs.network.Sha256;
import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What was dreamed.
 *
 * @param name of the file, or the pattern of numbered frames
 * @param address where it lay, seen from the result
 * @param bytes of all its files
 * @param sha256 of their content, one behind the other; empty for files in buckets, which would
 *     have to be read once more
 */
public record Source(String name, String address, long bytes, String sha256)
    implements Serializable {

  /**
   * Of its files.
   *
   * @param source the file, or the pattern of numbered frames
   * @param files in their order
   * @param output where the result goes
   */
  public static Source of(Location source, List<Entry> files, Location output) throws IOException {
    List<Location> places = files.stream().map(Entry::location).toList();
    boolean here = places.stream().allMatch(Location::isLocal);
    String address = Address.of(source, output);
    return new Source(
        new Location(address).name(),
        address,
        files.stream().mapToLong(Entry::length).sum(),
        here ? Sha256.of(places.stream().map(Location::path).toList()) : "");
  }

  /** Whether another one holds the same bytes, as far as that is known of both. */
  public boolean isSame(Source other) {
    boolean hashed = !sha256.isEmpty() && !other.sha256.isEmpty();
    return bytes == other.bytes && (!hashed || sha256.equals(other.sha256));
  }
}
