package io.reverie.core.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, no more of them than a pickle of weights has. */
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
      throw new MalformedPickle("it is cut off");
    }
    return next;
  }

  /** Room is made only for what the stream can be expected to have. */
  byte[] next(int count) throws IOException, MalformedPickle {
    take(count);
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new MalformedPickle("it is cut off");
    }
    return bytes;
  }

  private void take(long count) throws MalformedPickle {
    left -= count;
    if (left < 0) {
      throw new MalformedPickle("it is longer than %d MB".formatted(LARGEST >> 20));
    }
  }

  /** An unsigned number of two bytes. */
  int unsigned2() throws IOException, MalformedPickle {
    return next() | next() << 8;
  }

  int signed4() throws IOException, MalformedPickle {
    return ByteBuffer.wrap(next(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  long unsigned4() throws IOException, MalformedPickle {
    return Integer.toUnsignedLong(signed4());
  }

  /** Big-endian, as in no other opcode. */
  double real() throws IOException, MalformedPickle {
    return ByteBuffer.wrap(next(8)).getDouble();
  }

  String text(long length) throws IOException, MalformedPickle {
    if (length > LONGEST_TEXT) {
      throw new MalformedPickle("it holds a text of %d bytes".formatted(length));
    }
    return new String(next((int) length), StandardCharsets.UTF_8);
  }

  void skip(long count) throws IOException, MalformedPickle {
    take(count);
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw new MalformedPickle("it is cut off");
    }
  }

  /** Up to the next line feed, which is left out. */
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
