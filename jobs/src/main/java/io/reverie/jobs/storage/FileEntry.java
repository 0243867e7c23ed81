package io.reverie.jobs.storage;

/**
 * A file or object in a listing.
 *
 * @param length in bytes
 * @param modified milliseconds since 1970
 * @param version changes with the content: the etag if there is one, else the time of the last
 *     change
 */
public record FileEntry(Location location, long length, long modified, String version)
    implements ListingEntry {

  public FileEntry {
    if (length < 0) {
      throw new IllegalArgumentException("%s cannot have %d bytes".formatted(location, length));
    }
  }

  /** Identifies the content as far as possible without reading it. */
  public String identity() {
    return location.absolute() + '\n' + length + '\n' + version;
  }
}
