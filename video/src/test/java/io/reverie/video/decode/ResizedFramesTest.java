package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Decoded;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos whose size changes from one frame to the next. */
class ResizedFramesTest {

  @TempDir private Path folder;

  private void part(String size, String options, String name) {
    FfmpegCli.ffmpeg(
        folder,
        "-f lavfi -i testsrc2=size=%s:rate=25 -frames:v 12 -pix_fmt yuv420p %s %s"
            .formatted(size, options, name));
  }

  /** Joins streams of two sizes, as a broadcast does between programmes. */
  private Path joined(String second, String name) throws IOException {
    part("160x90", "-c:v libx264 -bf 0 -f h264", "a.h264");
    part(second, "-c:v libx264 -bf 0 -f h264", "b.h264");
    try (var out = Files.newOutputStream(folder.resolve("both.h264"))) {
      Files.copy(folder.resolve("a.h264"), out);
      Files.copy(folder.resolve("b.h264"), out);
    }
    FfmpegCli.ffmpeg(folder, "-r 25 -fflags +genpts -i both.h264 -c copy " + name);
    return folder.resolve(name);
  }

  private static List<Frame> requireChange(Path clip) {
    List<Frame> frames = Decoded.frames(clip);
    assertThat(frames).hasSize(24);
    assertThat(frames.subList(0, 12)).noneMatch(f -> f.origin().resized());
    assertThat(frames.subList(12, 24)).allMatch(f -> f.origin().resized());
    assertThat(frames).allMatch(f -> f.width() == 160 && f.height() == 90);
    return frames;
  }

  private static boolean isBlack(Frame frame, int x, int y) {
    int at = (y * frame.width() + x) * 3;
    return frame.rgb()[at] + frame.rgb()[at + 1] + frame.rgb()[at + 2] < 1;
  }

  private static boolean isBlackColumn(Frame frame, int x) {
    for (int y = 0; y < frame.height(); y++) {
      if (!isBlack(frame, x, y)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlackRow(Frame frame, int y) {
    for (int x = 0; x < frame.width(); x++) {
      if (!isBlack(frame, x, y)) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @CsvSource({"change.ts", "change.mkv"})
  void framesOfTheSameShapeAreScaled(String name) throws IOException {
    List<Frame> frames = requireChange(joined("320x180", name));
    assertThat(isBlackColumn(frames.get(20), 0)).isFalse();
    assertThat(isBlackRow(frames.get(20), 0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"change.ts", "change.mkv"})
  void tallerFramesGetBarsAtTheSides(String name) throws IOException {
    Frame frame = requireChange(joined("120x90", name)).get(20);
    assertThat(isBlackColumn(frame, 19)).isTrue();
    assertThat(isBlackColumn(frame, 20)).isFalse();
    assertThat(isBlackColumn(frame, 139)).isFalse();
    assertThat(isBlackColumn(frame, 140)).isTrue();
    assertThat(isBlackRow(frame, 0)).isFalse();
  }

  @Test
  void widerFramesGetBarsAboveAndBelow() throws IOException {
    Frame frame = requireChange(joined("320x90", "change.mkv")).get(20);
    assertThat(isBlackRow(frame, 21)).isTrue();
    assertThat(isBlackRow(frame, 23)).isFalse();
    assertThat(isBlackRow(frame, 66)).isFalse();
    assertThat(isBlackRow(frame, 68)).isTrue();
  }

  @Test
  void aPhoneTurnedOnItsSideGetsBars() throws IOException {
    part("160x90", "-c:v libvpx", "a.webm");
    part("90x160", "-c:v libvpx", "b.webm");
    Files.writeString(folder.resolve("l.txt"), "file a.webm\nfile b.webm\n");
    FfmpegCli.ffmpeg(folder, "-f concat -i l.txt -c copy rotate.webm");
    Frame frame = requireChange(folder.resolve("rotate.webm")).get(20);
    assertThat(isBlackColumn(frame, 53)).isTrue();
    assertThat(isBlackColumn(frame, 55)).isFalse();
    assertThat(isBlackColumn(frame, 103)).isFalse();
    assertThat(isBlackColumn(frame, 106)).isTrue();
  }

  @Test
  void whatIsBetweenTheBarsIsTheSourcesFrame() throws IOException {
    Path clip = joined("120x90", "change.mkv");
    byte[] expected = FfmpegCli.raw(folder.resolve("b.h264"), "", "", "rgb24");
    Frame frame = requireChange(clip).get(12);
    double difference = 0;
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 120; x++) {
        for (int c = 0; c < 3; c++) {
          float value = frame.rgb()[(y * 160 + 20 + x) * 3 + c];
          difference += Math.abs(value - (expected[(y * 120 + x) * 3 + c] & 0xff));
        }
      }
    }
    assertThat(difference / (120 * 90 * 3)).isLessThan(1);
  }

  @Test
  void barsFollowTheOutputsSizeAndSplittingChangesNothing() throws IOException {
    Path clip = joined("120x90", "change.mkv");
    VideoFile file = new VideoFile(MediaSource.of(clip));
    VideoIndex index = file.index();
    try (var reader = file.open(index, index.range(18, 24), Optional.of(new Size(80, 45)))) {
      Frame frame = reader.next().orElseThrow();
      assertThat(isBlackColumn(frame, 9)).isTrue();
      assertThat(isBlackColumn(frame, 11)).isFalse();
      assertThat(frame.origin().resized()).isTrue();
    }
    assertThat(Decoded.split(clip, index, 0, 7, 14))
        .isEqualTo(Decoded.of(clip, index, PtsRange.ALL));
  }
}
