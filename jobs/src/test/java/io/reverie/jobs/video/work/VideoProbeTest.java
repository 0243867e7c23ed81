package io.reverie.jobs.video.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.video.index.ReadVideo;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.PtsRange;
import io.reverie.video.sound.Loudness;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoProbeTest {

  private static final PipelineSpec SPEC =
      SpecLoader.load(Optional.empty(), List.of("video.fps=24")).spec();

  @TempDir private Path folder;

  private void writeFrames() throws IOException {
    for (int i = 1; i <= 5; i++) {
      Files.write(frame(i), encoded("frame.png", Optional.empty()));
    }
  }

  private static byte[] encoded(String name, Optional<float[]> alpha) {
    return Stills.encode(new Frame(32, 32, new float[32 * 32 * 3], alpha, 0, false), name, 8, 90);
  }

  /** Reads the first frame only. */
  private ReadVideo read() throws IOException {
    InputVideo input = InputVideo.of(folder.resolve("%02d.png").toString(), SPEC);
    return new ReadVideo(input, input.source().index(), PtsRange.ALL, Loudness.NONE);
  }

  private Path frame(int number) {
    return folder.resolve("%02d.png".formatted(number));
  }

  @Test
  void aFileThatCannotBeReadNowIsNoVideoWithoutCuts() throws IOException {
    writeFrames();
    ReadVideo video = read();
    Files.delete(frame(3));
    assertThatThrownBy(() -> VideoProbe.detect(video, 0))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("03.png");
  }

  @Test
  void aDamagedFrameIsReportedWhenItIsDreamed() throws IOException {
    writeFrames();
    Files.writeString(frame(3), "no picture");
    assertThat(VideoProbe.detect(read(), 0).cuts()).isEmpty();
  }

  @Test
  void soIsADamagedOneThatTheJdkDecodes() throws IOException {
    writeFrames();
    byte[] tiff = encoded("frame.tif", Optional.of(new float[32 * 32]));
    Files.write(frame(3), Arrays.copyOf(tiff, tiff.length - 8));
    assertThat(VideoProbe.detect(read(), 0).cuts()).isEmpty();
  }
}
