package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AssemblyReport;
import io.reverie.video.Decoded;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.Kind;
import io.reverie.video.MediaSource;
import io.reverie.video.PacketTimes;
import io.reverie.video.PtsRange;
import io.reverie.video.Rewriting;
import io.reverie.video.SegmentFiles;
import io.reverie.video.SegmentFormat;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import io.reverie.video.note.Note;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done for long films: segments are opened once, and outputs written once. */
class LongFilmTest {

  private static final int SEGMENT = 7;

  /** So large that an index in front is worth its space. */
  private static final long LARGE = 1L << 40;

  private static final Note NOTE = new Note("Reverie", "{\"reverie\":1}");

  @TempDir private Path folder;

  @BeforeEach
  void needFfmpeg() {
    FfmpegCli.assumeInstalled();
  }

  /** A segment that counts how often it is opened. */
  private static final class Counted implements MediaSource {

    private final Path file;
    private int opened;

    Counted(Path file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.toString();
    }

    @Override
    public SeekableByteChannel open() throws IOException {
      opened++;
      return Files.newByteChannel(file);
    }
  }

  /** A film in segments. */
  private record Film(Path source, VideoIndex index, OutputFormat format, SegmentFiles segments) {

    byte[] joined(SegmentFiles files, Path output) throws IOException {
      report(files, output);
      return Files.readAllBytes(output);
    }

    AssemblyReport report(SegmentFiles files, Path output) {
      return new Assembler(index, PtsRange.ALL, format, Optional.of(NOTE))
          .assemble(Optional.of(MediaSource.of(source)), files, output);
    }

    /** How often each segment was opened so far. */
    List<Integer> opened() {
      return segments.files().stream().map(file -> ((Counted) file).opened).toList();
    }

    SegmentFiles large() {
      return new SegmentFiles(segments.files(), segments.packets(), LARGE);
    }
  }

  private Film film(Path source, String output, String codec) {
    VideoIndex index = new VideoFile(MediaSource.of(source)).index();
    OutputFormat format = OutputFormat.of(output, Rewriting.as(codec));
    List<Frame> frames = Decoded.frames(source);
    List<MediaSource> files = new ArrayList<>();
    List<PacketTimes> packets = new ArrayList<>();
    for (int from = 0; from < frames.size(); from += SEGMENT) {
      Path segment = folder.resolve("%s-%d.nut".formatted(output, from));
      try (SegmentWriter writer =
          new SegmentWriter(segment, format, SegmentFormat.of(index, index.size()))) {
        frames.subList(from, Math.min(frames.size(), from + SEGMENT)).forEach(writer::write);
        writer.finish();
        packets.add(writer.packets());
      }
      files.add(new Counted(segment));
    }
    return new Film(source, index, format, new SegmentFiles(files, packets, 0));
  }

  private Path sounding(String name) {
    FfmpegCli.ffmpeg(
        folder,
        Kind.PICTURES
            + "-f lavfi -i sine=duration=2 -map 0 -map 1 -pix_fmt yuv420p -c:v libx264 -bf 3 -c:a aac"
            + " -metadata title=Parrots "
            + name);
    return folder.resolve(name);
  }

  private Path out(String name) {
    return folder.resolve(name);
  }

  /** The boxes of an MP4, from its start. */
  private static List<String> boxes(Path file) throws IOException {
    List<String> boxes = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      while (in.available() > 0) {
        long size = in.readInt();
        boxes.add(new String(in.readNBytes(4), StandardCharsets.ISO_8859_1));
        in.skipNBytes(size - 8);
      }
    }
    return boxes;
  }

  /** All packets with their times, positions apart, and all tags. */
  private static List<String> content(Path file) {
    return FfmpegCli.ffprobe(
        file,
        "-show_data_hash md5 -show_entries"
            + " packet=stream_index,pts,dts,duration,size,flags,data_hash:stream=codec_name,time_base,nb_frames,extradata_hash:stream_tags:format_tags:chapter:stream_side_data");
  }

  @ParameterizedTest
  @CsvSource({
    "o.mp4, h264",
    "o.mp4, av1",
    "o.mov, prores",
    "o.mkv, h264",
    "o.mkv, ffv1",
    "o.webm, vp9",
    "o.ts, h264",
    "o.avi, mpeg4"
  })
  void recordedTimesGiveTheSameBytesAndEachSegmentIsOpenedOnce(String name, String codec)
      throws IOException {
    Film film = film(sounding("film.mp4"), name, codec);
    byte[] scanned = film.joined(film.segments().withoutTimes(), out(name));
    assertThat(film.opened()).containsOnly(2);

    List<String> before = content(out(name));
    byte[] known = film.joined(film.segments(), out(name));

    assertThat(film.opened()).containsOnly(3);
    if (name.endsWith("mkv") || name.endsWith("webm")) {
      // FFmpeg chooses random identifiers for each file.
      assertThat(content(out(name))).isEqualTo(before);
    } else {
      assertThat(known).isEqualTo(scanned);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyKindOfSourceIsReadOnceAndItsIndexFitsInFront(Kind kind) throws IOException {
    for (String name : List.of("o.mp4", "o.mov")) {
      Film film = film(kind.clip(folder), name, name.endsWith("v") ? "prores" : "h264");
      film.joined(film.segments().withoutTimes(), out(name));
      List<String> moved = content(out(name));

      film.joined(film.large(), out(name));

      assertThat(film.opened()).containsOnly(3);
      assertThat(boxes(out(name))).startsWith("ftyp", "moov", "free").endsWith("mdat");
      assertThat(content(out(name))).isEqualTo(moved);
      assertThat(FfmpegCli.complaints(out(name))).isEmpty();
    }
  }

  @Test
  void smallFilesHaveNoUnusedSpace() throws IOException {
    Film film = film(sounding("film.mp4"), "o.mp4", "h264");
    film.joined(film.segments(), out("o.mp4"));
    assertThat(boxes(out("o.mp4"))).containsExactly("ftyp", "moov", "free", "mdat");
    assertThat(Files.size(out("o.mp4"))).isLessThan(200_000);
  }

  /** More subtitles than any film has, and no list of them, need more space than was reserved. */
  @Test
  void anIndexThatDoesNotFitIsWrittenInFrontAllTheSame() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 120_000; i++) {
      int begin = i + i / 2;
      lines.append(
          "%d\n00:%02d:%02d,%03d --> 00:%02d:%02d,%03d\n%s\n\n"
              .formatted(
                  i + 1,
                  begin / 60_000,
                  begin / 1000 % 60,
                  begin % 1000,
                  (begin + 1) / 60_000,
                  (begin + 1) / 1000 % 60,
                  (begin + 1) % 1000,
                  "Line".substring(i % 4)));
    }
    Files.writeString(out("lines.srt"), lines);
    sounding("film.mp4");
    FfmpegCli.ffmpeg(
        folder, "-i film.mp4 -i lines.srt -map 0 -map 1 -c copy -c:s srt -live 1 talk.mkv");
    Film film = film(out("talk.mkv"), "o.mp4", "h264");

    AssemblyReport report = film.report(film.large(), out("o.mp4"));

    assertThat(film.opened()).containsOnly(2);
    assertThat(boxes(out("o.mp4"))).containsExactly("ftyp", "moov", "free", "mdat");
    assertThat(report.warnings())
        .containsExactly(
            "converted stream 2 from subrip to mov_text: MP4 files cannot store the original");
    assertThat(FfmpegCli.ffprobe(out("o.mp4"), "-select_streams s -show_entries packet=pts"))
        .hasSizeGreaterThan(120_000);
  }

  @Test
  void segmentsThatWereWrittenAgainAreReadForTheirTimes() throws IOException {
    Film film = film(sounding("film.mp4"), "o.mp4", "h264");
    byte[] right = film.joined(film.segments(), out("o.mp4"));
    List<PacketTimes> shifted = new ArrayList<>(film.segments().packets());
    shifted.set(2, PacketTimes.of(1, 2, 3));
    assertThat(film.joined(new SegmentFiles(film.segments().files(), shifted, 0), out("o.mp4")))
        .isEqualTo(right);
    shifted.set(2, new PacketTimes(List.of(0L, 1L, 1L << 20)));
    assertThat(film.joined(new SegmentFiles(film.segments().files(), shifted, 0), out("o.mp4")))
        .isEqualTo(right);
  }
}
