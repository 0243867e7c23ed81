package io.reverie.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.cli.Videos;
import io.reverie.video.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An output that is one file. */
abstract class VideoTargetContract extends OutputTargetContract {

  @Override
  final List<String> files(int frames) {
    return List.of(name());
  }

  @Override
  final List<Double> greys(Path results) {
    return Videos.frames(results.resolve(name())).stream().map(VideoTargetContract::grey).toList();
  }

  static double grey(Frame frame) {
    return IntStream.range(0, frame.rgb().length)
        .mapToDouble(i -> frame.rgb()[i])
        .average()
        .getAsDouble();
  }

  @Test
  void anEarlierResultStaysUntilTheNewOneIsReady() throws IOException {
    publish(FRAMES, frames -> {});
    Map<String, Integer> earlier = published();
    OutputTarget.PublishHook full =
        frames -> {
          assertThat(published()).containsAllEntriesOf(earlier);
          throw new IOException("the disk is full");
        };
    assertThatThrownBy(() -> publish(FRAMES - 2, full)).hasMessage("the disk is full");
    assertThat(published()).isEqualTo(earlier);
  }
}
