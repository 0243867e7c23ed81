package io.reverie.video.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages MPEG transport streams like bad reception, damaged discs and careless joining. */
final class TransportStreamMutator {

  private static final int PACKET = 188;
  private static final long CLOCK = 1L << 33;
  private static final int PICTURES = 256;
  private static final int SOUND = 257;

  private final Random random;
  private final List<byte[]> packets = new ArrayList<>();

  /** The ways to damage a stream. */
  enum Damage {
    TIMES_FLIPPED,
    PACKETS_LOST,
    PACKETS_REPEATED,
    PACKETS_SWAPPED,
    BYTES_WRONG,
    JOINED,
    SOUND_CLOCK_SET,
    PICTURE_CLOCK_SET,
    BOTH_CLOCKS_SET
  }

  private TransportStreamMutator(byte[] stream, long seed) {
    this.random = new Random(seed);
    for (int i = 0; i + PACKET <= stream.length; i += PACKET) {
      packets.add(Arrays.copyOfRange(stream, i, i + PACKET));
    }
  }

  static byte[] mutate(byte[] stream, Damage damage, long seed) {
    TransportStreamMutator mutator = new TransportStreamMutator(stream, seed);
    mutator.apply(damage);
    return mutator.bytes();
  }

  private void apply(Damage damage) {
    switch (damage) {
      case TIMES_FLIPPED -> times(3 + random.nextInt(20), this::flipTime);
      case PACKETS_LOST -> times(1 + random.nextInt(40), () -> packets.remove(any()));
      case PACKETS_REPEATED ->
          times(1 + random.nextInt(20), () -> packets.add(any(), packets.get(any())));
      case PACKETS_SWAPPED -> times(4, () -> Collections.swap(packets, any(), any()));
      case BYTES_WRONG ->
          times(
              5 + random.nextInt(90),
              () -> packets.get(any())[random.nextInt(PACKET)] ^= (byte) (1 + random.nextInt(255)));
      case JOINED -> {
        List<byte[]> again = List.copyOf(packets.subList(packets.size() / 8, packets.size()));
        packets.subList(packets.size() * 3 / 4, packets.size()).clear();
        packets.addAll(again);
      }
      case SOUND_CLOCK_SET -> set(SOUND);
      case PICTURE_CLOCK_SET -> set(PICTURES);
      case BOTH_CLOCKS_SET -> set(PICTURES, SOUND);
    }
  }

  private static void times(int count, Runnable step) {
    for (int i = 0; i < count; i++) {
      step.run();
    }
  }

  private int any() {
    return random.nextInt(packets.size());
  }

  private void flipTime() {
    byte[] packet = packets.get(any());
    int header = header(packet);
    if (header < 0) {
      return;
    }
    packet[header + 9 + random.nextInt(10)] ^= (byte) (1 << random.nextInt(8));
  }

  /** Shifts a clock from a random packet on, by seconds or hours in either direction. */
  private void set(Integer... streams) {
    double seconds = (random.nextDouble() - 0.5) * (random.nextBoolean() ? 20 : 50_000);
    for (byte[] packet : packets.subList(any(), packets.size())) {
      int header = header(packet);
      if (header < 0 || !Arrays.asList(streams).contains(stream(packet))) {
        continue;
      }
      int fields = (packet[header + 7] >> 6) & 3;
      if (fields >= 2) {
        move(packet, header + 9, (long) (seconds * 90_000));
      }
      if (fields == 3) {
        move(packet, header + 14, (long) (seconds * 90_000));
      }
    }
  }

  private static int stream(byte[] packet) {
    return ((packet[1] & 0x1f) << 8) | (packet[2] & 0xff);
  }

  /** Returns the position of a PES header with timestamps; -1 if there is none. */
  private static int header(byte[] packet) {
    int at = 4 + ((packet[3] & 0x20) == 0 ? 0 : 1 + (packet[4] & 0xff));
    boolean begins = (packet[1] & 0x40) != 0 && stream(packet) >= PICTURES && at + 19 <= PACKET;
    return begins && packet[at] == 0 && packet[at + 1] == 0 && packet[at + 2] == 1 ? at : -1;
  }

  private static void move(byte[] packet, int at, long by) {
    long time =
        ((packet[at] & 0x0eL) << 29)
            | ((packet[at + 1] & 0xffL) << 22)
            | ((packet[at + 2] & 0xfeL) << 14)
            | ((packet[at + 3] & 0xffL) << 7)
            | ((packet[at + 4] & 0xfeL) >> 1);
    long moved = Math.floorMod(time + by, CLOCK);
    packet[at] = (byte) ((packet[at] & 0xf1) | ((moved >> 29) & 0x0e));
    packet[at + 1] = (byte) (moved >> 22);
    packet[at + 2] = (byte) (((moved >> 14) & 0xfe) | 1);
    packet[at + 3] = (byte) (moved >> 7);
    packet[at + 4] = (byte) (((moved << 1) & 0xfe) | 1);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[packets.size() * PACKET];
    for (int i = 0; i < packets.size(); i++) {
      System.arraycopy(packets.get(i), 0, bytes, i * PACKET, PACKET);
    }
    return bytes;
  }
}
