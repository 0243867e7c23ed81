package io.reverie.core.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles that no real pickler would. */
public final class PickleWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public PickleWriter() {
    op(Opcode.PROTO, 2);
  }

  /** Writes an opcode with the bytes of its argument, or several opcodes. */
  public PickleWriter op(int... codes) {
    for (int code : codes) {
      bytes.write(code);
    }
    return this;
  }

  /** Writes a little-endian 32-bit number. */
  public PickleWriter four(long value) {
    return raw(little(4).putInt((int) value).array());
  }

  /** Writes a little-endian 64-bit number. */
  public PickleWriter eight(long value) {
    return raw(little(8).putLong(value).array());
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  public PickleWriter raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  public PickleWriter raw(String ascii) {
    return raw(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  public PickleWriter times(int count, String ascii) {
    return raw(ascii.repeat(count));
  }

  public PickleWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return op(Opcode.BINUNICODE).four(utf8.length).raw(utf8);
  }

  /** Writes a 64-bit integer. */
  public PickleWriter whole(long value) {
    return op(Opcode.LONG1, 8).eight(value);
  }

  public PickleWriter global(String module, String name) {
    return raw("c" + module + "\n" + name + "\n");
  }

  public PickleWriter put(long index) {
    return op(Opcode.LONG_BINPUT).four(index);
  }

  public PickleWriter get(long index) {
    return op(Opcode.LONG_BINGET).four(index);
  }

  /**
   * Writes nested lists: the last one, at memo index {@code depth}, contains the first 2^depth
   * times.
   */
  public PickleWriter doubled(int depth) {
    raw("]").put(0).raw("0");
    for (int i = 1; i <= depth; i++) {
      raw("](").get(i - 1L).get(i - 1L).raw("e").put(i).raw("0");
    }
    return this;
  }

  /** Writes a float tensor in a storage. */
  public PickleWriter tensor(String key, long offset, long[] shape, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").raw("((").text("storage");
    global("torch", "FloatStorage").text(key).text("cpu").whole(1).raw("tQ");
    return whole(offset).tuple(shape).tuple(strides).raw("tR");
  }

  public PickleWriter tuple(long... values) {
    raw("(");
    for (long value : values) {
      whole(value);
    }
    return raw("t");
  }

  public byte[] end() {
    bytes.write(Opcode.STOP);
    return bytes.toByteArray();
  }
}
