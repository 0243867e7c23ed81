package io.reverie.video.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AnimationBytes;
import io.reverie.video.AnimationBytes.GifFrame;
import io.reverie.video.AssemblyReport;
import io.reverie.video.Decoded;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.Rewriting;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.header.Pictures;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnimationTest {

  /** Delays of 10, 50, 200 and 30 cs; disposal and a hole. */
  private static final List<GifFrame> FRAMES =
      List.of(
          new GifFrame(0, 0, 32, 24, 10, 1, true),
          new GifFrame(4, 4, 16, 8, 50, 3, false),
          new GifFrame(0, 0, 32, 24, 200, 2, true),
          new GifFrame(8, 8, 8, 8, 30, 1, false));

  @TempDir Path folder;

  private Path gif(int loop) throws IOException {
    return Files.write(
        folder.resolve("in%d.gif".formatted(loop)), AnimationBytes.gif(32, 24, FRAMES, loop));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "webp", "apng"})
  void animationsKeepPicturesDelaysPlaysAndTransparency(String extension) throws IOException {
    Path source = gif(2);
    Path output = folder.resolve("out." + extension);
    AssemblyReport report =
        new Rewriting(source, output, lossless(extension), 0, Integer.MAX_VALUE).run();
    assertThat(report.warnings()).isEmpty();
    assertThat(millis(output)).containsExactly(100L, 500L, 2000L, 300L);
    assertThat(structure(output).plays()).isEqualTo(3);
    List<Frame> before = Decoded.frames(source);
    List<Frame> after = Decoded.frames(output);
    for (int i = 0; i < 4; i++) {
      assertThat(after.get(i).alpha().get())
          .as("alpha %d", i)
          .isEqualTo(before.get(i).alpha().get());
      assertThat(shown(after.get(i))).as("frame %d", i).isEqualTo(shown(before.get(i)));
    }
    assertThat(before.get(0).alpha().get()).startsWith(0).endsWith(255);
    assertThat(before.get(3).alpha().get()).as("cleared").startsWith(0);
  }

  private static EncodeOptions lossless(String extension) {
    return extension.equals("webp")
        ? new EncodeOptions(
            java.util.Optional.empty(),
            java.util.OptionalInt.of(100),
            java.util.OptionalLong.empty(),
            java.util.Optional.empty())
        : EncodeOptions.AUTOMATIC;
  }

  /** Colours under full transparency do not show. */
  private static float[] shown(Frame frame) {
    float[] shown = frame.rgb().clone();
    for (int i = 0; i < shown.length; i++) {
      shown[i] = frame.alpha().get()[i / 3] > 0 ? shown[i] : -1;
    }
    return shown;
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2, 65_535})
  void theNumberOfPlaysIsKept(int loop) throws IOException {
    Path source = gif(loop);
    int plays = loop < 0 ? 1 : loop == 0 ? 0 : loop + 1;
    for (String extension : List.of("gif", "webp", "apng")) {
      Path output = folder.resolve("loop." + extension);
      Rewriting.whole(source, output);
      assertThat(structure(output).plays())
          .as(extension)
          .isEqualTo(extension.equals("gif") ? plays : Math.min(plays, 65_535));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm"})
  void theLastFrameOfAVideoIsShownAsLongAsInTheSource(String extension) throws IOException {
    Path output = folder.resolve("out." + extension);
    AssemblyReport report = Rewriting.whole(gif(0), output);
    assertThat(report.warnings()).noneMatch(w -> w.contains("sound"));
    assertThat(millis(output)).containsExactly(100L, 500L, 2000L, 300L);
    FfmpegCli.assumeInstalled();
    List<String> probed =
        FfmpegCli.ffprobe(output, "-select_streams v:0 -show_entries packet=duration_time");
    assertThat(Double.parseDouble(probed.get(3).replace(",", ""))).isBetween(0.299, 0.301);
    // And back again.
    Path gif = folder.resolve("back-%s.gif".formatted(extension));
    Rewriting.whole(output, gif);
    assertThat(millis(gif)).containsExactly(100L, 500L, 2000L, 300L);
  }

  @Test
  void aFrameBeforeTheEndOfARangeIsShownUntilTheNextOne() throws IOException {
    Path output = folder.resolve("part.webp");
    new Rewriting(gif(0), output, EncodeOptions.AUTOMATIC, 0, 3).run();
    assertThat(millis(output)).containsExactly(100L, 500L, 2000L);
  }

  @Test
  void ffprobeAndIdentifyReadTheSameDelays() throws IOException {
    FfmpegCli.assumeInstalled();
    for (String extension : List.of("gif", "apng")) {
      Path output = folder.resolve("out." + extension);
      Rewriting.whole(gif(0), output);
      assertThat(FfmpegCli.ffprobe(output, "-show_entries packet=duration_time"))
          .as(extension)
          .extracting(line -> Double.parseDouble(line.replace(",", "")))
          .containsExactly(0.1, 0.5, 2.0, 0.3);
    }
    Path webp = folder.resolve("out.webp");
    Rewriting.whole(gif(2), webp);
    assertThat(Identify.of(webp, "%T ")).isEqualTo("10 50 200 30");
  }

  private static List<Long> millis(Path file) {
    VideoIndex index = new VideoFile(MediaSource.of(file)).index();
    return IntStream.range(0, index.count())
        .mapToObj(i -> Math.round(index.duration(i) * index.timeBase().toDouble() * 1000))
        .toList();
  }

  private static Pictures structure(Path file) throws IOException {
    try (SeekableByteChannel channel = MediaSource.of(file).open()) {
      return Pictures.of(channel).orElseThrow();
    }
  }
}
