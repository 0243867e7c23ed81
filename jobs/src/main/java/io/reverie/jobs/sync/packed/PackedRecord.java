package io.reverie.jobs.sync.packed;

import java.io.Serializable;

/**
 * A result that was made.
 *
 * @param result hash of its name
 * @param work hash of the input's content and the settings
 * @param made when its record was written by the store's clock, in milliseconds since 1970
 */
public record PackedRecord(long result, long work, long made) implements Serializable {

  /** Parses the hexadecimal hashes of an item's key. */
  public static PackedRecord of(String result, String work, long made) {
    return new PackedRecord(number(result), number(work), made);
  }

  static long number(String hash) {
    return Long.parseUnsignedLong(hash, 16);
  }

  /** The hash of the result's name in hexadecimal digits. */
  public String resultHash() {
    return hash(result);
  }

  /** The hash of the work in hexadecimal digits. */
  public String workHash() {
    return hash(work);
  }

  private static String hash(long number) {
    return "%016x".formatted(number);
  }
}
