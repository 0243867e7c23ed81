package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.FfmpegCli;
import io.reverie.video.MediaSource;
import io.reverie.video.VideoIndex;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several video streams is the video. */
class StreamChoiceTest {

  private static final String LARGE = "-f lavfi -i testsrc2=size=160x90:rate=20:duration=1 ";
  private static final String SMALL = "-f lavfi -i testsrc2=size=96x54:rate=20:duration=1 ";

  @TempDir private Path folder;

  private VideoIndex index(String inputs, String options, String name) {
    FfmpegCli.ffmpeg(folder, inputs + "-map 0 -map 1 -pix_fmt yuv420p " + options + " " + name);
    return new VideoFile(MediaSource.of(folder.resolve(name))).index();
  }

  @ParameterizedTest
  @ValueSource(strings = {"later.mkv", "later.mp4", "later.mov"})
  void theStreamThatAloneIsFlaggedAsDefaultIsTheVideo(String name) {
    VideoIndex index =
        index(LARGE + SMALL, "-disposition:v:0 0 -disposition:v:1 default -c:v libx264", name);
    assertThat(index.size()).hasToString("96x54");
    assertThat(index.stream()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "0"})
  void amongEqualFlagsTheLargestIsTheVideo(String flag) {
    VideoIndex index =
        index(
            SMALL + LARGE,
            "-disposition:v:0 %s -disposition:v:1 %s -c:v libx264".formatted(flag, flag),
            "equal.mkv");
    assertThat(index.size()).hasToString("160x90");
  }

  @ParameterizedTest
  @ValueSource(strings = {"thumbnail.mkv", "thumbnail.mp4", "thumbnail.mov"})
  void aTrackOfOnePictureIsNotTheVideo(String name) {
    VideoIndex index =
        index(
            "-f lavfi -i testsrc2=size=160x90:rate=20:duration=0.05 " + SMALL,
            "-c:v:0 mjpeg -c:v:1 libx264 -disposition:v:0 default -disposition:v:1 0",
            name);
    assertThat(index.size()).hasToString("96x54");
    assertThat(index.count()).isEqualTo(20);
  }

  @Test
  void aVideoOfOnePictureIsAVideo() {
    FfmpegCli.ffmpeg(folder, LARGE + "-frames:v 1 -c:v libx264 -pix_fmt yuv420p one.mp4");
    VideoIndex index = new VideoFile(MediaSource.of(folder.resolve("one.mp4"))).index();
    assertThat(index.count()).isEqualTo(1);
  }
}
