package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.video.Decoded;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A real film whose key frames decode to garbage in an unprimed decoder. */
class CockatooTest {

  private static final Path FILM = Path.of("../../shared/media/cockatoo.mp4");

  @Test
  void rangesDecodeLikeTheWhole() {
    assumeTrue(Files.exists(FILM), "the film is not here");
    VideoIndex index = new VideoFile(MediaSource.of(FILM)).index();
    int second = index.first(index.at(4));
    int third = index.first(index.at(8));

    List<Decoded> whole = Decoded.of(FILM, index, PtsRange.ALL);

    assertThat(whole).hasSize(index.count()).hasSize(280);
    assertThat(Decoded.split(FILM, index, 0, second, third)).isEqualTo(whole);
  }

  @Test
  void decodingStartsAtKeyFrames() {
    assumeTrue(Files.exists(FILM), "the film is not here");
    VideoIndex index = new VideoFile(MediaSource.of(FILM)).index();
    int second = index.first(index.at(4));

    try (VideoReader reader =
        new VideoReader(
            MediaSource.of(FILM), index, index.range(second, second + 2), Optional.empty())) {
      assertThat(reader.next()).isPresent();
      assertThat(reader.fromStart()).isFalse();
    }
  }
}
