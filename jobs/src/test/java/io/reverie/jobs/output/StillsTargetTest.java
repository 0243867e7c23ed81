package io.reverie.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.AssemblyReport;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void anEarlierFirstFrameDoesNotMarkAnUnfinishedResult() throws IOException {
    publish(FRAMES, frames -> {});
    OutputTarget.PublishHook full =
        frames -> {
          throw new IOException("the disk is full");
        };
    assertThatThrownBy(() -> publish(FRAMES, full)).hasMessage("the disk is full");
    assertThat(target().exists()).isFalse();
  }

  @Test
  void framesThatCouldNotBeDecodedLeaveGaps() throws IOException {
    publish(FRAMES, frames -> {});
    AssemblyReport report = publish(FRAMES, frame -> frame != 1 && frame != 3, frames -> {});
    assertThat(report.frames()).isEqualTo(FRAMES - 2);
    assertThat(published().keySet())
        .containsExactly("00001.png", "00003.png", "00005.png", "00006.png");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, FRAMES / 2 + 1})
  void theFirstFrameThatCouldBeDecodedIsNumberOne(int first) throws IOException {
    publish(FRAMES, frame -> frame >= first, frames -> {});
    assertThat(target().exists()).isTrue();
    assertThat(published().keySet()).containsExactlyElementsOf(files(FRAMES - first));
    assertThat(greys(results()).get(0)).isCloseTo(grey(first), within(1.0));
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
