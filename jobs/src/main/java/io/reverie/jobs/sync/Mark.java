package io.reverie.jobs.sync;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the name of a record tells, so that no record needs to be read to find what is to be done.
 *
 * @param result hash of the result's name
 * @param work hash of what it is made of: the input's bytes and the recipe
 */
public record Mark(String result, String work) implements Serializable {

  private static final int BYTES = 8;

  /** Hexadecimal digits in a hash. */
  static final int DIGITS = 2 * BYTES;

  static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return result + "-" + work;
  }
}
