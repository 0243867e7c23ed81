package io.reverie.core.protobuf;

/**
 * How a field's value is encoded (<a
 * href="https://protobuf.dev/programming-guides/encoding/">encoding</a>). Groups are not read: no
 * format of trained networks has them.
 */
public enum Wire {
  /** An integer, a boolean or an enumeration. */
  VARINT(0),
  /** Eight bytes, little-endian: a double or an integer. */
  FIXED64(1),
  /** A length and bytes: a text, a message, or numbers without tags between them. */
  BYTES(2),
  /** Four bytes, little-endian: a float or an integer. */
  FIXED32(5);

  private final int number;

  Wire(int number) {
    this.number = number;
  }

  static Wire of(int number) throws MalformedProtobuf {
    for (Wire wire : values()) {
      if (wire.number == number) {
        return wire;
      }
    }
    throw new MalformedProtobuf("it has a field of the encoding %d".formatted(number));
  }
}
