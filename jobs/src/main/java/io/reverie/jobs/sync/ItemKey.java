package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Sha256;
import java.io.Serializable;

/**
 * Identifies an item in the names of its records, so that no record needs to be read to find out
 * what is to be done.
 *
 * @param result hash of the result's name
 * @param work hash of the input's content and the settings
 */
public record ItemKey(String result, String work) implements Serializable {

  /** Hexadecimal digits in a hash. */
  static final int DIGITS = 16;

  static String hash(String text) {
    return Sha256.of(text).substring(0, DIGITS);
  }

  @Override
  public String toString() {
    return result + "-" + work;
  }
}
