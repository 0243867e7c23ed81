package io.reverie.core.weights;

/**
 * A range of bytes in a file.
 *
 * @param position of its first byte
 * @param length in bytes
 */
record Region(Source source, long position, long length) {

  Region {
    if (position < 0 || length < 0 || position > source.size() - length) {
      throw new IllegalArgumentException("%d bytes at %d".formatted(length, position));
    }
  }
}
