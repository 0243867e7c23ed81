package io.reverie.core.weights.source;

/**
 * A range of bytes in a file.
 *
 * @param position of its first byte
 * @param length in bytes
 */
public record Region(Source source, long position, long length) {

  public Region {
    if (position < 0 || length < 0 || position > source.size() - length) {
      throw new IllegalArgumentException("%d bytes at %d".formatted(length, position));
    }
  }
}
