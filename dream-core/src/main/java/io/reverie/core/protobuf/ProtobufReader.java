package io.reverie.core.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the fields of a message and of the messages in it, in the order of the file:
 *
 * <pre>{@code
 * while (reader.next()) {
 *   switch (reader.field()) {
 *     case 1 -> name = reader.text(100);
 *     case 2 -> reader.message(() -> readShape(reader));
 *     default -> {} // what is not read is skipped
 *   }
 * }
 * }</pre>
 *
 * Bytes are skipped, not kept: {@link #bytes} returns where they are, so that a file of hundreds of
 * megabytes needs a buffer of 64 KB. Every declared length is compared with what is left of its
 * message before anything is allocated; messages may be nested {@value #DEEPEST} levels deep, and
 * the file may have {@value #MAX_FIELDS} fields.
 */
public final class ProtobufReader {

  /** Levels of messages within messages. */
  public static final int DEEPEST = 32;

  /** Fields of all messages of a file together. */
  public static final int MAX_FIELDS = 1 << 22;

  private static final int BUFFER = 1 << 16;

  private final CodedInputStream in;
  private int depth;
  private int fields;
  private int field;
  private Wire wire = Wire.VARINT;

  /** Whether the value of the current field has not been read. */
  private boolean pending;

  /** Reads the fields of a message with the reader that is there already. */
  @FunctionalInterface
  public interface Body {
    void read() throws IOException, MalformedProtobuf;
  }

  private ProtobufReader(CodedInputStream in) {
    this.in = in;
  }

  /**
   * Opens the message that a stream consists of; the stream stays the caller's to close.
   *
   * @param length of the stream in bytes
   * @throws MalformedProtobuf if it is longer than a message can be, 2 GB
   */
  public static ProtobufReader of(InputStream stream, long length) throws MalformedProtobuf {
    if (length > Integer.MAX_VALUE) {
      throw new MalformedProtobuf("it has %d bytes, and a message at most 2^31".formatted(length));
    }
    CodedInputStream in = CodedInputStream.newInstance(stream, BUFFER);
    in.setSizeLimit(Integer.MAX_VALUE);
    try {
      in.pushLimit((int) length);
    } catch (InvalidProtocolBufferException e) {
      throw malformed(e);
    }
    return new ProtobufReader(in);
  }

  /**
   * Moves on to the next field of the current message.
   *
   * @return false at the end of the message
   */
  public boolean next() throws IOException, MalformedProtobuf {
    skip();
    int tag = read(() -> in.isAtEnd() ? 0 : in.readTag());
    if (tag == 0) {
      return false;
    }
    fields++;
    if (fields > MAX_FIELDS) {
      throw new MalformedProtobuf("it has more than %d fields".formatted(MAX_FIELDS));
    }
    field = tag >>> 3;
    wire = Wire.of(tag & 7);
    pending = true;
    return true;
  }

  /** Returns the number of the current field. */
  public int field() {
    return field;
  }

  /** Returns the encoding of the current field. */
  public Wire wire() {
    return wire;
  }

  /** Returns an integer, a boolean (0 or 1) or an enumeration's number. */
  public long integer() throws IOException, MalformedProtobuf {
    take(Wire.VARINT);
    return read(in::readRawVarint64);
  }

  /** Returns a number that is stored as a float. */
  public float float32() throws IOException, MalformedProtobuf {
    take(Wire.FIXED32);
    return read(in::readFloat);
  }

  /** Returns a number that is stored as a double. */
  public double float64() throws IOException, MalformedProtobuf {
    take(Wire.FIXED64);
    return read(in::readDouble);
  }

  /**
   * Returns a text; bytes that are not UTF-8 become the replacement character.
   *
   * @param longest length in bytes
   */
  public String text(int longest) throws IOException, MalformedProtobuf {
    take(Wire.BYTES);
    int length = length();
    if (length > longest) {
      throw new MalformedProtobuf("it has a text of %d bytes".formatted(length));
    }
    byte[] bytes = read(() -> in.readRawBytes(length));
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }

  /**
   * Returns integers, one or many: both forms of a repeated field.
   *
   * @param most how many there may be
   */
  public long[] integers(int most) throws IOException, MalformedProtobuf {
    if (wire == Wire.VARINT) {
      return new long[] {integer()};
    }
    take(Wire.BYTES);
    int length = length();
    long[] found = new long[Math.min(length, most)];
    int[] count = {0};
    within(
        length,
        () -> {
          while (read(() -> !in.isAtEnd())) {
            if (count[0] == most) {
              throw new MalformedProtobuf("it has a list of more than %d numbers".formatted(most));
            }
            found[count[0]] = read(in::readRawVarint64);
            count[0]++;
          }
        });
    return Arrays.copyOf(found, count[0]);
  }

  /**
   * Skips a value of a fixed size, or of a declared one, and returns where it is. Numbers without
   * tags between them are little-endian there.
   */
  public Extent bytes() throws IOException, MalformedProtobuf {
    if (wire == Wire.VARINT) {
      throw unexpected();
    }
    pending = false;
    int length =
        switch (wire) {
          case FIXED32 -> Float.BYTES;
          case FIXED64 -> Double.BYTES;
          default -> length();
        };
    Extent extent = new Extent(in.getTotalBytesRead(), length);
    skip(length);
    return extent;
  }

  /** Reads a message within this one; what {@code body} leaves of it is skipped. */
  public void message(Body body) throws IOException, MalformedProtobuf {
    take(Wire.BYTES);
    depth++;
    if (depth > DEEPEST) {
      throw new MalformedProtobuf("its messages are nested more than %d deep".formatted(DEEPEST));
    }
    within(
        length(),
        () -> {
          body.read();
          skip();
          skip(in.getBytesUntilLimit());
        });
    depth--;
  }

  private void within(int length, Body body) throws IOException, MalformedProtobuf {
    int limit = read(() -> in.pushLimit(length));
    body.read();
    in.popLimit(limit);
    pending = false;
  }

  /** Skips the current field if its value was not read. */
  private void skip() throws IOException, MalformedProtobuf {
    if (pending) {
      if (wire == Wire.VARINT) {
        integer();
      } else {
        bytes();
      }
    }
  }

  private void skip(int length) throws IOException, MalformedProtobuf {
    read(
        () -> {
          in.skipRawBytes(length);
          return length;
        });
  }

  private void take(Wire expected) throws MalformedProtobuf {
    if (wire != expected) {
      throw unexpected();
    }
    pending = false;
  }

  private MalformedProtobuf unexpected() {
    return new MalformedProtobuf(
        "its field %d has another type than in its format".formatted(field));
  }

  /** Reads the length of a value, which ends within its message. */
  private int length() throws IOException, MalformedProtobuf {
    int length = read(in::readRawVarint32);
    int left = in.getBytesUntilLimit();
    if (length < 0 || length > left) {
      throw new MalformedProtobuf(
          "it declares %d bytes where %d are left".formatted(Integer.toUnsignedLong(length), left));
    }
    return length;
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  private static <T> T read(Reading<T> reading) throws IOException, MalformedProtobuf {
    try {
      return reading.get();
    } catch (InvalidProtocolBufferException e) {
      throw malformed(e);
    }
  }

  private static MalformedProtobuf malformed(InvalidProtocolBufferException e) {
    return new MalformedProtobuf("it is truncated or has a broken field", e);
  }
}
