package io.reverie.video.metadata;

import java.util.Arrays;

/** EXIF data: a TIFF stream, whose offsets count from its start. */
final class ExifStream {

  /** What JPEG, and by mistake some WebP and PNG files, put in front of the stream. */
  static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private ExifStream() {}

  static byte[] withoutPrefix(byte[] stream) {
    return ByteView.of(stream).has(0, PREFIX)
        ? Arrays.copyOfRange(stream, PREFIX.length, stream.length)
        : stream;
  }
}
