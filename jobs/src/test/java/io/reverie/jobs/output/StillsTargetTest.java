package io.reverie.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StillsTargetTest extends OutputTargetContract {

  @Override
  String name() {
    return "%05d.png";
  }

  @Override
  List<String> files(int frames) {
    return IntStream.rangeClosed(1, frames).mapToObj("%05d.png"::formatted).toList();
  }

  @Override
  List<Double> greys(Path results) throws IOException {
    try (var files = Files.list(results)) {
      return files
          .sorted()
          .map(file -> VideoTargetContract.grey(Stills.read(MediaSource.of(file)).frame()))
          .toList();
    }
  }

  @Test
  void theFirstFrameIsPublishedLast() {
    OutputTarget.PublishHook full =
        frames -> {
          assertThat(published().keySet())
              .containsExactlyElementsOf(files(FRAMES).subList(1, FRAMES));
          throw new IOException("the disk is full");
        };
    assertThatThrownBy(() -> publish(FRAMES, full)).hasMessage("the disk is full");
  }

  @Test
  void picturesThatReverieDidNotWriteAreKept() throws IOException {
    publish(FRAMES, frames -> {});
    Path photo = results().resolve("00005.png");
    Files.write(photo, new byte[] {1, 2, 3});
    publish(2, frames -> {});
    assertThat(photo).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(published().keySet())
        .containsExactly("00001.png", "00002.png", "00005.png", "00006.png");
  }
}
