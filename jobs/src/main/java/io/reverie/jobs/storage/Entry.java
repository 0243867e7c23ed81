package io.reverie.jobs.storage;

/**
 * What a listing tells of a file or object.
 *
 * @param location where it lies
 * @param length in bytes
 * @param modified milliseconds since 1970
 * @param version changes with the content: the etag where there is one, else the time of change
 */
public record Entry(Location location, long length, long modified, String version)
    implements Listed {

  /** Says which bytes are meant, as far as can be told without reading them. */
  public String identity() {
    return location.absolute() + '\n' + length + '\n' + version;
  }
}
