package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.TrackedSource;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.ffmpeg.MediaOutput;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherStreamsTest {

  private static final MediaSource CLIP =
      MediaSource.of(Path.of("../video/src/test/media/clip.mp4"));

  @TempDir private Path folder;

  private final TrackedSource source = new TrackedSource(CLIP);
  private final VideoIndex index = new VideoFile(CLIP).index();

  /** WebM cannot store the clip's AAC. */
  private OtherStreams open(MediaOutput output, List<String> warnings) {
    OutputSpan span = new OutputSpan(PtsRange.ALL, index.timeBase());
    return new OtherStreams(source, index.stream(), span, output, new ArrayList<>(), warnings);
  }

  @Test
  void theSourceStaysOpenUntilTheStreamsAreClosed() {
    List<String> warnings = new ArrayList<>();
    try (MediaOutput output = new MediaOutput(folder.resolve("o.webm"), "webm")) {
      OtherStreams others = open(output, warnings);
      assertThat(source.opened()).isNotEmpty().allMatch(SeekableByteChannel::isOpen);
      others.close();
    }
    assertThat(source.opened()).noneMatch(SeekableByteChannel::isOpen);
    assertThat(warnings).hasSize(1).first().asString().contains("from aac to opus");
  }

  /** The list of warnings is immutable, so the first warning fails. */
  @Test
  void aFailureAfterTheSourceWasOpenedClosesIt() {
    try (MediaOutput output = new MediaOutput(folder.resolve("o.webm"), "webm")) {
      assertThatThrownBy(() -> open(output, List.of()))
          .isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(source.opened()).isNotEmpty().noneMatch(SeekableByteChannel::isOpen);
  }
}
