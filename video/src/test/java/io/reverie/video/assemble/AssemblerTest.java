package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.AssemblyReport;
import io.reverie.video.Colour;
import io.reverie.video.Decoded;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.Kind;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.SegmentFormat;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.encode.EncodeOptions;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssemblerTest {

  private static final int SEGMENT = 16;

  @TempDir private Path folder;

  @BeforeEach
  void needFfmpeg() {
    FfmpegCli.assumeInstalled();
  }

  /** Creates a film with two audio tracks. */
  private Path film(String name, String options) {
    FfmpegCli.ffmpeg(
        folder,
        Kind.PICTURES
            + "-f lavfi -i sine=duration=2 -f lavfi -i sine=frequency=880:duration=2 -map 0 -map 1 -map 2"
            + " -metadata:s:a:0 language=ger -metadata:s:a:1 language=fra -pix_fmt yuv420p "
            + options
            + " "
            + name);
    return folder.resolve(name);
  }

  private static OutputFormat format(String output, String codec) {
    return OutputFormat.of(
        output,
        new EncodeOptions(
            Optional.of(codec).filter(c -> !c.isEmpty()),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty()));
  }

  private AssemblyReport assemble(Path source, String output, String codec) {
    VideoIndex index = index(source);
    OutputFormat format = format(output, codec);
    List<Frame> frames = Decoded.frames(source);
    List<MediaSource> segments = new ArrayList<>();
    for (int from = 0; from < frames.size(); from += SEGMENT) {
      Path segment = folder.resolve("%s-%d.nut".formatted(output, from));
      try (SegmentWriter writer =
          new SegmentWriter(segment, format, SegmentFormat.of(index, index.size()))) {
        frames.subList(from, Math.min(frames.size(), from + SEGMENT)).forEach(writer::write);
        writer.finish();
      }
      segments.add(MediaSource.of(segment));
    }
    return new Assembler(index, PtsRange.ALL, format, Optional.empty())
        .assemble(Optional.of(MediaSource.of(source)), segments, folder.resolve(output));
  }

  private static VideoIndex index(Path file) {
    return new VideoFile(MediaSource.of(file)).index();
  }

  private byte[] sound(Path file, int track) throws IOException {
    Path md5 = folder.resolve(file.getFileName() + "." + track + ".md5");
    FfmpegCli.ffmpeg(
        folder,
        "-i %s -map 0:a:%d -c copy -f md5 %s"
            .formatted(file.getFileName(), track, md5.getFileName()));
    return Files.readAllBytes(md5);
  }

  @ParameterizedTest
  @CsvSource({
    "o.mp4, h264",
    "o.mp4, av1",
    "o.mp4, vp9",
    "o.mov, prores",
    "o.mov, mjpeg",
    "o.mkv, ffv1",
    "o.mkv, h264",
    "o.ts, h264",
    "o.avi, mpeg4",
    "o.avi, h264"
  })
  void framesTheirTimesAndBothAudioTracksAreKept(String output, String codec) throws IOException {
    Path source = film("film.mp4", "-c:v libx264 -bf 2 -c:a mp3");

    AssemblyReport report = assemble(source, output, codec);

    VideoIndex made = index(folder.resolve(output));
    assertThat(report)
        .isEqualTo(
            new AssemblyReport(
                40,
                List.of(),
                List.of("copied stream 1 (audio, mp3, ger)", "copied stream 2 (audio, mp3, fra)")));
    assertThat(made.count()).isEqualTo(40);
    assertThat(made.seconds()).isCloseTo(index(source).seconds(), within(0.002));
    for (int track = 0; track < 2; track++) {
      assertThat(sound(folder.resolve(output), track)).isEqualTo(sound(source, track));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"film.mkv", "film.mp4", "film.ts"})
  void aGifHasTheDurationOfItsSource(String name) {
    Path source = film(name, "-c:v libx264 -c:a mp2");

    assertThat(assemble(source, "o.gif", "").frames()).isEqualTo(40);

    assertThat(index(folder.resolve("o.gif")).seconds()).isCloseTo(1.95, within(0.011));
  }

  @ParameterizedTest
  @CsvSource({"o.mkv, ffv1", "o.webm, vp9", "o.mov, prores", "o.mp4, av1", "o.mp4, h264"})
  void colourPropertiesOfDeepVideosAreKept(String output, String codec) {
    Path source = Kind.HDR10.clip(folder);

    assemble(source, output, codec);

    Colour colour = index(folder.resolve(output)).colour();
    assertThat(colour.primaries()).isEqualTo(index(source).colour().primaries());
    assertThat(colour.transfer()).isEqualTo(index(source).colour().transfer());
  }

  @Test
  void streamsThatTheContainerCannotStoreAreReported() {
    Path source = film("film.mp4", "-c:v libx264 -c:a aac");

    assertThat(assemble(source, "o.webm", "").warnings())
        .hasSize(2)
        .allMatch(warning -> warning.contains("aac") && warning.contains("WebM"));
  }

  @ParameterizedTest
  @CsvSource({"o.webm, h264", "o.ts, mpeg4", "o.ts, prores", "o.gif, h264"})
  void codecsThatTheContainerCannotStoreAreRejected(String output, String codec) {
    assertThatThrownBy(() -> format(output, codec))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("cannot store " + codec);
  }
}
