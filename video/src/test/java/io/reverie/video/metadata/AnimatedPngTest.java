package io.reverie.video.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AnimationBytes;
import io.reverie.video.MediaSource;
import io.reverie.video.decode.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimatedPngTest {

  @TempDir private Path folder;

  /** FFmpeg takes it for a still if the pixels do not begin within 2048 bytes. */
  @Test
  void aLongNoteDoesNotHideTheAnimation() throws IOException {
    byte[] animation = AnimationBytes.apng(8, 6, -1, 0x102030, 0x405060, 0x708090);
    StillMetadata note =
        StillMetadata.NONE.withTexts(List.of(new TextItem("reverie", "x".repeat(3000))));

    byte[] noted = new PngContainer().write(animation, note).still();

    Path file = Files.write(folder.resolve("noted.apng"), noted);
    assertThat(new VideoFile(MediaSource.of(file)).index().count()).isEqualTo(3);
    assertThat(StillMetadata.read(noted).texts()).isEqualTo(note.texts());
  }
}
