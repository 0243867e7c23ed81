package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.AnimationBytes.GifFrame;
import io.reverie.video.decode.PatchedSources;
import io.reverie.video.header.LocalPalettes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of a file and of those that are shown with changes. */
class MediaSourceContractTest {

  @TempDir private Path folder;

  /** The implementations. */
  enum Kind {
    FILE {
      @Override
      MediaSource of(MediaSource gif) {
        return gif;
      }
    },
    LOCAL_PALETTES {
      @Override
      MediaSource of(MediaSource gif) {
        MediaSource changed = LocalPalettes.of(gif);
        assertThat(changed).isNotSameAs(gif);
        return changed;
      }
    },
    PATCHED {
      @Override
      MediaSource of(MediaSource gif) {
        return PatchedSources.of(gif);
      }
    };

    abstract MediaSource of(MediaSource gif);
  }

  private MediaSource open(Kind kind) throws IOException {
    GifFrame frame = new GifFrame(0, 0, 40, 30, 10, 1, false);
    byte[] gif = AnimationBytes.gif(40, 30, List.of(frame, frame, frame), 0);
    return kind.of(MediaSource.of(Files.write(folder.resolve("a.gif"), gif)));
  }

  private static byte[] all(MediaSource media, int chunk) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (SeekableByteChannel channel = media.open()) {
      ByteBuffer into = ByteBuffer.allocate(chunk);
      while (channel.read(into.clear()) >= 0) {
        bytes.write(into.array(), 0, into.position());
      }
      assertThat(channel.position()).isEqualTo(channel.size());
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void anyChunksGiveTheSameBytes(Kind kind) throws IOException {
    MediaSource media = open(kind);
    byte[] whole = all(media, 1 << 16);
    try (SeekableByteChannel channel = media.open()) {
      assertThat(channel.size()).isEqualTo(whole.length);
    }
    for (int chunk : new int[] {1, 2, 7, 500}) {
      assertThat(all(media, chunk)).as("chunks of %d", chunk).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyPositionCanBeRead(Kind kind) throws IOException {
    MediaSource media = open(kind);
    byte[] whole = all(media, 64);
    Random random = new Random(1);
    try (SeekableByteChannel channel = media.open()) {
      for (int i = 0; i < 2000; i++) {
        int at = random.nextInt(whole.length);
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThat(channel.position(at).read(one)).isEqualTo(1);
        assertThat(one.get(0)).as("position %d", at).isEqualTo(whole[at]);
      }
      assertThat(channel.position(whole.length + 9L).read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void channelsAreIndependentAndReadOnly(Kind kind) throws IOException {
    MediaSource media = open(kind);
    try (SeekableByteChannel one = media.open();
        SeekableByteChannel two = media.open()) {
      one.position(30);
      assertThat(two.position()).isZero();
      assertThatThrownBy(() -> one.write(ByteBuffer.allocate(1)))
          .isInstanceOf(NonWritableChannelException.class);
      assertThatThrownBy(() -> one.position(-1)).isInstanceOf(IllegalArgumentException.class);
      one.close();
      assertThat(one.isOpen()).isFalse();
      assertThatThrownBy(() -> one.read(ByteBuffer.allocate(1)))
          .isInstanceOf(ClosedChannelException.class);
      assertThat(two.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingFileCannotBeOpened(Kind kind) throws IOException {
    MediaSource media = open(kind);
    Files.delete(folder.resolve("a.gif"));
    assertThatThrownBy(media::open).isInstanceOf(IOException.class);
    assertThat(media.name()).endsWith("a.gif");
  }
}
