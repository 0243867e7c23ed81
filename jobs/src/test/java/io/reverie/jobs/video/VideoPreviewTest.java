package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.video.Frame;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.shot.Shots;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoPreviewTest {

  @TempDir private Path folder;

  @Test
  void aMotionThatWroteNothingTellsWhy() throws IOException {
    SpecLoader.Loaded loaded =
        SpecLoader.load(
            Optional.empty(),
            List.of("video.fps=24", "strength={audio: bass, from: 0.25, scale: 1}"));
    ResolvedSpec resolved = new WeightsStore(folder).resolve(loaded.spec(), loaded.network());
    Frame black = new Frame(32, 32, new float[32 * 32 * 3], Optional.empty(), 0, false);
    Files.write(folder.resolve("1.png"), Stills.encode(black, "1.png", 8, 90));
    InputVideo input = InputVideo.of(folder.resolve("%d.png").toString(), resolved.spec());
    VideoIndex index = input.source().index();
    VideoPreview preview =
        new VideoPreview(input, index, PtsRange.ALL, new Shots(List.of(), List.of()), List.of(0));
    RunOptions options = new RunOptions(false, false, true, false, "", Device.AUTO, 0);
    assertThatThrownBy(() -> preview.motion(resolved, options, FrameCounter.unseen(), 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no sound for");
  }
}
