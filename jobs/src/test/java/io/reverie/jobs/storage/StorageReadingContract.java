package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading from any storage: at any place, and while the file is replaced. */
abstract class StorageReadingContract extends StorageFixture {

  @Test
  void whoReadsTheOldContentNeverGetsSomeOfTheNew() throws IOException {
    Location file = root.resolve("a.bin");
    byte[] old = new byte[LARGE];
    Arrays.fill(old, (byte) 'o');
    byte[] fresh = new byte[LARGE];
    Arrays.fill(fresh, (byte) 'n');
    storage().write(file, old);
    byte[] read = new byte[LARGE];
    try (SeekableByteChannel channel = storage().open(file);
        InputStream stream = storage().read(file)) {
      ByteBuffer into = ByteBuffer.wrap(read);
      channel.read(into.limit(1000));
      into.limit(LARGE);
      int begun = stream.readNBytes(1000).length;
      storage().write(file, fresh);
      // Some stores let him read on, some refuse.
      Throwable refused = catchThrowable(() -> readOn(channel, into));
      assertThat(Arrays.mismatch(read, 0, into.position(), old, 0, into.position())).isEqualTo(-1);
      if (refused == null) {
        assertThat(into.position()).isEqualTo(LARGE);
      } else {
        assertThat(refused).isInstanceOf(IOException.class);
      }
      byte[] streamed = old.clone();
      refused = catchThrowable(() -> stream.readNBytes(streamed, begun, LARGE - begun));
      assertThat(Arrays.equals(streamed, old)).isTrue();
      if (refused != null) {
        assertThat(refused).isInstanceOf(IOException.class);
      }
    }
    assertThat(Arrays.equals(content(file), fresh)).isTrue();
    assertThat(names(root)).containsExactly("a.bin");
  }

  private static void readOn(SeekableByteChannel channel, ByteBuffer into) throws IOException {
    while (into.hasRemaining() && channel.read(into) >= 0) {
      // Until it is full.
    }
  }

  @Test
  void aChannelGivesTheBytesOfTheFileWhereverItIsRead() throws IOException {
    Location file = root.resolve("a.bin");
    byte[] content = random(3_000_000, 3);
    storage().write(file, content);
    Random random = new Random(4);
    List<SeekableByteChannel> channels = new ArrayList<>();
    try {
      channels.add(storage().open(file));
      channels.add(storage().open(file));
      for (int i = 0; i < 150; i++) {
        Collections.shuffle(channels, random);
        SeekableByteChannel channel = channels.get(0);
        if (random.nextInt(3) > 0) {
          channel.position(seek(random, content.length, channel.position()));
        }
        assertReads(channel, content, 1 + random.nextInt(1 << random.nextInt(20)));
      }
    } finally {
      for (SeekableByteChannel channel : channels) {
        channel.close();
      }
    }
  }

  /** Far off, near by, at the end, or behind it. */
  private static long seek(Random random, int length, long position) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> random.nextInt(length);
      case 2 -> Math.max(0, position + random.nextInt(2000) - 1000);
      default -> length - 1000 + random.nextInt(2000);
    };
  }

  private static void assertReads(SeekableByteChannel channel, byte[] content, int wanted)
      throws IOException {
    long position = channel.position();
    ByteBuffer into = ByteBuffer.allocate(wanted);
    int read = channel.read(into);
    if (position >= content.length) {
      assertThat(read).isEqualTo(-1);
      assertThat(channel.position()).isEqualTo(position);
      return;
    }
    assertThat(read).isPositive().isEqualTo(into.position());
    assertThat(channel.position()).isEqualTo(position + read);
    int from = (int) position;
    assertThat(Arrays.equals(into.array(), 0, read, content, from, from + read)).isTrue();
  }

  @Test
  void aChannelIsForReading() throws IOException {
    Location file = root.resolve("a.bin");
    put(file, "content");
    SeekableByteChannel channel = storage().open(file);
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.size()).isEqualTo(7);
    assertThat(channel.read(ByteBuffer.allocate(0))).isZero();
    assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
        .isInstanceOf(NonWritableChannelException.class);
    assertThatThrownBy(() -> channel.truncate(1)).isInstanceOf(NonWritableChannelException.class);
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
  }
}
