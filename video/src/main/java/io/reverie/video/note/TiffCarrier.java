package io.reverie.video.note;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Stores notes in TIFF's tag 700, an XMP packet, in a new first directory at the end of the file.
 */
record TiffCarrier() implements NoteCarrier {

  private static final int TAG = 700;
  private static final short BYTES = 1;
  private static final int ENTRY = 12;
  private static final byte[] LITTLE = {'I', 'I', 42, 0};
  private static final byte[] BIG = {'M', 'M', 0, 42};

  @Override
  public boolean matches(byte[] still) {
    return ByteRuns.startsWith(still, 0, LITTLE) || ByteRuns.startsWith(still, 0, BIG);
  }

  private static ByteBuffer buffer(byte[] still, byte[] bytes) {
    boolean little = ByteRuns.startsWith(still, 0, LITTLE);
    return ByteBuffer.wrap(bytes).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  @Override
  public Optional<byte[]> put(byte[] still, Note note) {
    byte[] packet = Xmp.packet(note);
    ByteBuffer in = buffer(still, still);
    int old = in.getInt(4);
    int entries = Short.toUnsignedInt(in.getShort(old));
    int before = 0;
    while (before < entries && tag(in, old, before) < TAG) {
      before++;
    }
    int packetAt = even(still.length);
    int directoryAt = even(packetAt + packet.length);
    byte[] whole = Arrays.copyOf(still, directoryAt + 2 + (entries + 1) * ENTRY + 4);
    int first = old + 2;
    buffer(still, whole)
        .putInt(4, directoryAt)
        .position(packetAt)
        .put(packet)
        .position(directoryAt)
        .putShort((short) (entries + 1))
        .put(still, first, before * ENTRY)
        .putShort((short) TAG)
        .putShort(BYTES)
        .putInt(packet.length)
        .putInt(packetAt)
        .put(still, first + before * ENTRY, (entries - before) * ENTRY + 4);
    return Optional.of(whole);
  }

  private static int even(int position) {
    return position + (position & 1);
  }

  private static int tag(ByteBuffer in, int directory, int entry) {
    return Short.toUnsignedInt(in.getShort(directory + 2 + entry * ENTRY));
  }

  @Override
  public Optional<String> text(byte[] still) {
    ByteBuffer in = buffer(still, still);
    int directory = in.getInt(4);
    int entries = Short.toUnsignedInt(in.getShort(directory));
    for (int i = 0; i < entries; i++) {
      if (tag(in, directory, i) == TAG) {
        int entry = directory + 2 + i * ENTRY;
        int at = in.getInt(entry + 8);
        return Xmp.text(ByteRuns.part(still, at, in.getInt(entry + 4)));
      }
    }
    return Optional.empty();
  }
}
