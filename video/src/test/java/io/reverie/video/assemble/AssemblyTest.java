package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.AssemblyReport;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Kind;
import io.reverie.video.Rewriting;
import io.reverie.video.encode.EncodeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything except the video stays as ffmpeg and ffprobe read it in the source. */
class AssemblyTest {

  @TempDir private static Path folder;

  private static Path rich;

  /** Creates a film with two audio tracks, subtitles, chapters, a title and a start after zero. */
  @BeforeAll
  static void makeSource() throws IOException {
    FfmpegCli.assumeInstalled();
    Files.writeString(
        folder.resolve("lines.srt"),
        "1\n00:00:00,700 --> 00:00:01,200\nHello\n\n2\n00:00:01,500 --> 00:00:02,000\nBye\n");
    Files.writeString(
        folder.resolve("chapters.txt"),
        """
        ;FFMETADATA1
        title=Parrots
        artist=Nobody
        [CHAPTER]
        TIMEBASE=1/1000
        START=500
        END=1500
        title=One
        [CHAPTER]
        TIMEBASE=1/1000
        START=1500
        END=2500
        title=Two
        """);
    FfmpegCli.ffmpeg(
        folder,
        "-itsoffset 0.5 -f lavfi -i testsrc2=size=160x90:rate=20:duration=2"
            + " -itsoffset 0.5 -f lavfi -i sine=duration=2"
            + " -itsoffset 0.5 -f lavfi -i sine=frequency=660:duration=2"
            + " -i lines.srt -i chapters.txt -map 0 -map 1 -map 2 -map 3 -map_metadata 4"
            + " -fps_mode passthrough -c:v libx264 -g 12 -bf 2 -pix_fmt yuv420p -c:a:0 aac -c:a:1 mp3 -c:s mov_text"
            + " -metadata:s:a:0 language=eng -metadata:s:a:1 language=deu"
            + " -metadata:s:s:0 language=fra rich.mp4");
    rich = folder.resolve("rich.mp4");
  }

  private static List<Double> seconds(Path clip, String what) {
    return FfmpegCli.ffprobe(clip, "-select_streams v:0 -show_entries packet=" + what).stream()
        .map(line -> Double.valueOf(line.replace(",", "")))
        .toList();
  }

  private static List<Double> shown(Path clip) {
    return seconds(clip, "pts_time").stream().sorted().toList();
  }

  private static void assertSameTimes(Path clip, List<Double> expected) {
    List<Double> times = shown(clip);
    assertThat(times).hasSameSizeAs(expected);
    for (int i = 0; i < times.size(); i++) {
      assertThat(times.get(i)).as("frame %d", i).isCloseTo(expected.get(i), within(0.001));
    }
  }

  /** Returns the expected times: Matroska shifts all streams if audio starts before zero. */
  private static List<Double> moved(Path source, Path output, String container) {
    double by = container.equals("mkv") ? firstSound(output) - firstSound(source) : 0;
    assertThat(by).isBetween(-0.001, 0.03);
    return shown(source).stream().map(time -> time + by).toList();
  }

  private static double firstSound(Path clip) {
    String line =
        FfmpegCli.ffprobe(clip, "-select_streams a:0 -show_entries packet=pts_time").get(0);
    return Double.parseDouble(line.replace(",", ""));
  }

  private static void assertPlays(Path clip) {
    assertThat(FfmpegCli.complaints(clip)).isEmpty();
    List<Double> dts = seconds(clip, "dts_time");
    assertThat(dts).isSorted().doesNotHaveDuplicates();
  }

  private static List<String> sound(Path clip, int track) {
    return FfmpegCli.answer(
        folder, "-i %s -map 0:a:%d -c copy -f md5 -".formatted(clip.getFileName(), track));
  }

  private static List<String> languages(Path clip, String type) {
    return FfmpegCli.ffprobe(
        clip, "-select_streams " + type + " -show_entries stream_tags=language");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv"})
  void allOtherStreamsAndTagsAreKept(String container) {
    Path output = folder.resolve("kept." + container);

    AssemblyReport report = Rewriting.whole(rich, output);

    assertThat(report.frames()).isEqualTo(40);
    assertSameTimes(output, moved(rich, output, container));
    assertPlays(output);
    assertThat(sound(output, 0)).isEqualTo(sound(rich, 0));
    assertThat(sound(output, 1)).isEqualTo(sound(rich, 1));
    assertThat(languages(output, "a")).startsWith("eng");
    if (!container.equals("mov")) {
      // QuickTime uses numeric language codes, which FFmpeg maps differently for German.
      assertThat(languages(output, "a")).containsExactly("eng", "deu");
    }
    assertThat(languages(output, "s")).containsExactly("fra");
    assertThat(FfmpegCli.ffprobe(output, "-show_entries format_tags=title"))
        .containsExactly("Parrots");
    assertThat(
            FfmpegCli.ffprobe(
                output, "-show_entries chapter=start_time,end_time:chapter_tags=title"))
        .isEqualTo(
            FfmpegCli.ffprobe(rich, "-show_entries chapter=start_time,end_time:chapter_tags=title"))
        .hasSize(2);
    assertThat(
            FfmpegCli.answer(
                folder, "-copyts -i %s -map 0:s:0 -f srt -".formatted(output.getFileName())))
        .isEqualTo(FfmpegCli.answer(folder, "-copyts -i rich.mp4 -map 0:s:0 -f srt -"))
        .contains("Hello", "Bye");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "ts"})
  void transportStreamsAreAssembled(String container) {
    Path source = Kind.H264_TRANSPORT_STREAM.clip(folder);
    Path output = folder.resolve("stream." + container);

    Rewriting.whole(source, output);

    assertPlays(output);
    List<Double> times = shown(source);
    double shift = container.equals("ts") ? 0 : shown(output).get(0) - times.get(0);
    assertSameTimes(output, times.stream().map(t -> t + shift).toList());
    assertThat(sound(output, 0)).isEqualTo(sound(source, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "webm"})
  void variableFrameRatesAreKept(String container) {
    Path source = Kind.VARIABLE_RATE.clip(folder);
    Path output = folder.resolve("variable." + container);

    Rewriting.whole(source, output);

    assertSameTimes(output, moved(source, output, container));
    assertPlays(output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void allStreamsAreTrimmedToTheRange(String container) {
    Path output = folder.resolve("part." + container);

    AssemblyReport report = new Rewriting(rich, output, EncodeOptions.AUTOMATIC, 10, 30).run();

    assertThat(report.frames()).isEqualTo(20);
    List<Double> times = shown(rich).subList(10, 30);
    assertSameTimes(output, times.stream().map(t -> t - times.get(0)).toList());
    assertPlays(output);
    List<Double> sound =
        FfmpegCli.ffprobe(output, "-select_streams a:0 -show_entries packet=pts_time").stream()
            .map(line -> Double.valueOf(line.replace(",", "")))
            .toList();
    assertThat(sound.get(0)).isBetween(0.0, 0.03);
    assertThat(sound.get(sound.size() - 1)).isBetween(0.95, 1.0);
    assertThat(
            FfmpegCli.ffprobe(
                output, "-show_entries chapter=start_time,end_time:chapter_tags=title"))
        .containsExactly("0.000000,0.500000,One", "0.500000,1.000000,Two");
  }

  @Test
  void droppedStreamsAreReported() {
    Path output = folder.resolve("left.ts");

    AssemblyReport report = Rewriting.whole(rich, output);

    assertThat(report.warnings()).anyMatch(w -> w.contains("subtitle") && w.contains("fra"));
    assertPlays(output);
  }

  @ParameterizedTest
  @CsvSource({"webm, opus, webvtt", "mp4, aac, mov_text"})
  void streamsThatTheContainerCannotStoreAreConverted(String container, String sound, String text) {
    FfmpegCli.ffmpeg(
        folder,
        "-i rich.mp4 -map 0:v -map 0:a:0 -map 0:s -c:v copy -c:a %s -c:s srt source-%s.mkv"
            .formatted(container.equals("mp4") ? "wmav2" : "copy", container));
    Path source = folder.resolve("source-%s.mkv".formatted(container));
    Path output = folder.resolve("converted." + container);

    AssemblyReport report = Rewriting.whole(source, output);

    assertThat(report.warnings())
        .anyMatch(w -> w.contains(" to " + sound))
        .anyMatch(w -> w.contains("subrip to " + text));
    assertThat(FfmpegCli.ffprobe(output, "-select_streams a -show_entries stream=codec_name"))
        .first(as(InstanceOfAssertFactories.STRING))
        .startsWith(sound);
    assertThat(FfmpegCli.ffprobe(output, "-select_streams s -show_entries stream=codec_name"))
        .first(as(InstanceOfAssertFactories.STRING))
        .startsWith(text);
    assertThat(firstSound(output)).isCloseTo(shown(output).get(0), within(0.05));
    assertPlays(output);
    assertThat(
            FfmpegCli.answer(
                folder, "-copyts -i %s -map 0:s:0 -f srt -".formatted(output.getFileName())))
        .contains("Hello", "Bye");
  }
}
