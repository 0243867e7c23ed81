package io.reverie.core.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, limited to 16 MB. */
final class PickleBytes {

  private static final int LARGEST = 16 << 20;
  private static final int LONGEST_TEXT = 1 << 16;
  private static final int LONGEST_NAME = 255;

  private final InputStream in;
  private long left = LARGEST;

  PickleBytes(InputStream in) {
    this.in = in;
  }

  int next() throws IOException, MalformedPickle {
    take(1);
    int next = in.read();
    if (next < 0) {
      throw new MalformedPickle("it is truncated");
    }
    return next;
  }

  /** Reads exactly {@code count} bytes; allocates only as the stream delivers. */
  byte[] next(int count) throws IOException, MalformedPickle {
    take(count);
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new MalformedPickle("it is truncated");
    }
    return bytes;
  }

  private void take(long count) throws MalformedPickle {
    left -= count;
    if (left < 0) {
      throw new MalformedPickle("it is longer than %d MB".formatted(LARGEST >> 20));
    }
  }

  int unsigned2() throws IOException, MalformedPickle {
    return next() | next() << 8;
  }

  int signed4() throws IOException, MalformedPickle {
    return ByteBuffer.wrap(next(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  long unsigned4() throws IOException, MalformedPickle {
    return Integer.toUnsignedLong(signed4());
  }

  /** Reads a double, which is big-endian unlike all other numbers. */
  double real() throws IOException, MalformedPickle {
    return ByteBuffer.wrap(next(8)).getDouble();
  }

  String text(long length) throws IOException, MalformedPickle {
    if (length > LONGEST_TEXT) {
      throw new MalformedPickle("it contains a string of %d bytes".formatted(length));
    }
    return new String(next((int) length), StandardCharsets.UTF_8);
  }

  void skip(long count) throws IOException, MalformedPickle {
    take(count);
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw new MalformedPickle("it is truncated");
    }
  }

  /** Reads up to the next line feed and drops it. */
  String line() throws IOException, MalformedPickle {
    StringBuilder line = new StringBuilder();
    for (int next = next(); next != '\n'; next = next()) {
      if (line.length() == LONGEST_NAME) {
        throw new MalformedPickle("it uses a name of more than %d bytes".formatted(LONGEST_NAME));
      }
      line.append((char) next);
    }
    return line.toString();
  }
}
