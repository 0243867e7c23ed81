package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Sha256;
import java.io.Serializable;

/**
 * What the name of a record tells, so that no record needs to be read to find what is to be done.
 *
 * @param result hash of the result's name
 * @param work hash of what it is made of: the input's bytes and the recipe
 */
public record Mark(String result, String work) implements Serializable {

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
