package io.reverie.jobs.page;

import java.io.IOException;
import java.util.Base64;
import java.util.Set;

/**
 * An encoded picture.
 *
 * @param type one of {@code image/jpeg}, {@code image/png} and {@code image/webp}; never SVG, which
 *     may hold scripts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PictureBytes(String type, byte[] bytes) {

  private static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/webp");

  /** A multiple of 3, so that the pieces join without padding. */
  private static final int PIECE = 3 << 14;

  public PictureBytes {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException("a page cannot hold " + type);
    }
  }

  /**
   * Writes a {@code data:} URI piece by piece, since a page may hold many megabytes of pictures.
   */
  void writeUri(Appendable page) throws IOException {
    writeUri(type, bytes, page);
  }

  static void writeUri(String type, byte[] bytes, Appendable page) throws IOException {
    page.append("data:").append(type).append(";base64,");
    for (int from = 0; from < bytes.length; from += PIECE) {
      byte[] piece =
          java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
      page.append(Base64.getEncoder().encodeToString(piece));
    }
  }
}
