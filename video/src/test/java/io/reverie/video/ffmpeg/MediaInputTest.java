package io.reverie.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaInputTest {

  @TempDir private Path folder;

  private Path file;
  private final List<SeekableByteChannel> opened = new ArrayList<>();

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.writeString(folder.resolve("a.mp4"), "no video");
  }

  /** Opens the file once; then its storage fails. */
  private MediaSource failingLater(Throwable failure) {
    return new MediaSource() {
      @Override
      public String name() {
        return "a.mp4";
      }

      @Override
      public SeekableByteChannel open() throws IOException {
        if (opened.isEmpty()) {
          opened.add(Files.newByteChannel(file));
          return opened.get(0);
        }
        if (failure instanceof Error error) {
          throw error;
        }
        throw (IOException) failure;
      }
    };
  }

  @Test
  void anErrorWhileOpeningClosesTheChannel() {
    MediaSource source = failingLater(new OutOfMemoryError("simulated"));
    assertThatThrownBy(() -> MediaInput.open(source)).isInstanceOf(OutOfMemoryError.class);
    assertThat(opened.get(0).isOpen()).isFalse();
  }

  @Test
  void anUnreadableFileClosesTheChannel() {
    MediaSource source = failingLater(new IOException("simulated"));
    assertThatThrownBy(() -> MediaInput.open(source))
        .isInstanceOf(MediaException.class)
        .hasMessage("cannot read a.mp4: simulated");
    assertThat(opened.get(0).isOpen()).isFalse();
  }
}
