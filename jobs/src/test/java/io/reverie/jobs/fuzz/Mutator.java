package io.reverie.jobs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Mutates seeds deterministically, for a short run without a fuzzer. */
final class Mutator {

  /** Numbers that often break size calculations. */
  private static final int[] LENGTHS = {
    0, 1, -1, -12, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0x40000000
  };

  private final Random random;
  private final List<byte[]> seeds;
  private final List<byte[]> words;

  Mutator(long seed, List<byte[]> seeds, List<String> words) {
    this.random = new Random(seed);
    this.seeds = seeds;
    this.words = words.stream().map(word -> word.getBytes(ISO_8859_1)).toList();
  }

  byte[] next() {
    byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      input = input.length == 0 ? new byte[] {(byte) random.nextInt()} : changed(input);
    }
    return input;
  }

  private byte[] changed(byte[] input) {
    int at = random.nextInt(input.length);
    return switch (random.nextInt(8)) {
      case 0 -> flipped(input, at);
      case 1 -> put(input, at, new byte[] {(byte) random.nextInt()});
      case 2 -> put(input, at, number(4));
      case 3 -> put(input, at, number(2));
      case 4 -> Arrays.copyOf(input, at);
      case 5 -> spliced(input, at, input.length - random.nextInt(input.length - at), new byte[0]);
      case 6 -> spliced(input, at, at, piece());
      default -> words.isEmpty() ? flipped(input, at) : word(input, at);
    };
  }

  private byte[] flipped(byte[] input, int at) {
    input[at] ^= (byte) (1 << random.nextInt(8));
    return input;
  }

  private static byte[] put(byte[] input, int at, byte[] piece) {
    System.arraycopy(piece, 0, input, at, Math.min(piece.length, input.length - at));
    return input;
  }

  private byte[] number(int bytes) {
    int value = LENGTHS[random.nextInt(LENGTHS.length)];
    boolean little = random.nextBoolean();
    byte[] number = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      number[little ? i : bytes - 1 - i] = (byte) (value >> (8 * i));
    }
    return number;
  }

  private byte[] word(byte[] input, int at) {
    byte[] word = words.get(random.nextInt(words.size()));
    return random.nextBoolean() ? put(input, at, word) : spliced(input, at, at, word);
  }

  /** Part of another seed. */
  private byte[] piece() {
    byte[] other = seeds.get(random.nextInt(seeds.size()));
    int from = random.nextInt(other.length);
    return Arrays.copyOfRange(other, from, from + random.nextInt(other.length - from));
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, from);
    out.writeBytes(between);
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }
}
