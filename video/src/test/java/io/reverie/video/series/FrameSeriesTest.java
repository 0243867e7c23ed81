package io.reverie.video.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameSeriesTest {

  /** 36 frames at 12 per second. */
  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");

  @TempDir private Path folder;

  @Test
  void aVideoGivesTheCurrentFrameAndThenHoldsTheLastOne() throws IOException {
    try (FrameSeries series = new VideoSeries(MediaSource.of(CLIP))) {
      assertThat(series.last(at(0))).isZero();
      assertThat(series.last(at(1))).isEqualTo(12);
      assertThat(series.last(at(1.04))).isEqualTo(12);
      assertThat(series.last(at(0.083))).as("rounded to milliseconds").isEqualTo(1);
      assertThat(series.last(at(2.95))).isEqualTo(35);
      assertThat(series.last(at(100))).isEqualTo(35);
    }
  }

  @Test
  void aLoopedVideoRestartsAtItsEnd() throws IOException {
    try (FrameSeries series = new VideoSeries(MediaSource.of(CLIP))) {
      assertThat(series.looped(at(2.95))).isEqualTo(35);
      assertThat(series.looped(at(3))).isZero();
      assertThat(series.looped(at(7))).isEqualTo(12);
    }
  }

  @Test
  void framesAreReadInAnyOrder() throws IOException {
    List<Frame> frames = frames();
    try (FrameSeries series = new VideoSeries(MediaSource.of(CLIP))) {
      for (int which : new int[] {3, 3, 4, 7, 35, 0, 20}) {
        assertThat(series.picture(which).rgb()).isEqualTo(frames.get(which).rgb());
      }
    }
  }

  @Test
  void numberedPicturesBelongToFramesByNumber() throws IOException {
    for (int number : new int[] {3, 10, 25}) {
      write(number);
    }
    List<MediaSource> media =
        Stream.of("m003.png", "m010.png", "m025.png")
            .map(name -> MediaSource.of(folder.resolve(name)))
            .toList();
    try (NumberedPictures numbered = new NumberedPictures(media, List.of(3L, 10L, 25L))) {
      assertThat(numbered.last(number(1))).isZero();
      assertThat(numbered.last(number(9))).isZero();
      assertThat(numbered.last(number(10))).isEqualTo(1);
      assertThat(numbered.last(number(99))).isEqualTo(2);
      assertThat(numbered.has(number(10))).isTrue();
      assertThat(numbered.has(number(11))).isFalse();
      assertThat(numbered.hasStarted(number(2))).isFalse();
      assertThat(numbered.picture(1).rgb()[0]).isEqualTo(10);
      assertThat(numbered.looped(new FramePosition(4, 5, 0.4))).isEqualTo(1);
    }
  }

  private void write(int number) throws IOException {
    String name = "m%03d.png".formatted(number);
    float[] rgb = {number, number, number};
    Frame frame = new Frame(1, 1, rgb, Optional.empty(), 0, false);
    Files.write(folder.resolve(name), Stills.encode(frame, name, 8, 90));
  }

  private static List<Frame> frames() {
    VideoFile video = new VideoFile(MediaSource.of(CLIP));
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = video.open(video.index(), PtsRange.ALL, Optional.empty())) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        frames.add(f.get());
      }
    }
    return frames;
  }

  private static FramePosition at(double seconds) {
    return new FramePosition((int) (seconds * 12), (int) (seconds * 12) + 1, seconds);
  }

  private static FramePosition number(long number) {
    return new FramePosition((int) number - 1, number, 0);
  }
}
