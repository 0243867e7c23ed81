package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AssemblyReport;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Rewriting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of streams in docs/formats.md, cell by cell, as ffprobe reads it. */
class StreamTableTest {

  private static final String DROPPED = "dropped";

  @TempDir private static Path folder;

  /** One source for each row, with a video of ten frames. */
  @BeforeAll
  static void makeSources() throws IOException {
    FfmpegCli.assumeInstalled();
    byte[] font = new byte[3000];
    new Random(1).nextBytes(font);
    Files.write(folder.resolve("letters.ttf"), font);
    Files.writeString(folder.resolve("lines.srt"), "1\n00:00:00,100 --> 00:00:00,400\nHello\n");
    Files.writeString(
        folder.resolve("chapters.txt"),
        """
        ;FFMETADATA1
        [CHAPTER]
        TIMEBASE=1/1000
        START=0
        END=200
        title=One
        [CHAPTER]
        TIMEBASE=1/1000
        START=200
        END=500
        title=Two
        """);
    FfmpegCli.ffmpeg(folder, "-f lavfi -i testsrc2=size=64x64 -frames:v 1 cover.jpg");
    String video = "-f lavfi -i testsrc2=size=160x90:rate=20:duration=0.5 ";
    String sound = "-f lavfi -i sine=duration=0.5 ";
    String h264 = "-c:v libx264 -pix_fmt yuv420p ";
    for (String codec : List.of("mp3", "libopus", "wmav2", "libvorbis", "nellymoser")) {
      String file = codec.equals("nellymoser") ? "nellymoser.flv" : codec + ".mkv";
      FfmpegCli.ffmpeg(
          folder,
          video
              + sound
              + h264
              + "-ar 44100 -c:a %s %s"
                  .formatted(codec, file)
                  .replace("-ar 44100 -c:a libopus", "-c:a libopus"));
    }
    FfmpegCli.ffmpeg(folder, video + "-i lines.srt " + h264 + "-c:s srt srt.mkv");
    FfmpegCli.ffmpeg(folder, video + "-i lines.srt " + h264 + "-c:s mov_text mov_text.mp4");
    for (String codec : List.of("mpeg4", "mpeg2video", "libvpx-vp9", "ffv1", "qtrle")) {
      FfmpegCli.ffmpeg(
          folder,
          video
              + "-f lavfi -i testsrc2=size=64x64:rate=20:duration=0.5 -map 0 -map 1 "
              + h264
              + "-c:v:1 %s second-%s.%s"
                  .formatted(codec, codec, codec.equals("qtrle") ? "mov" : "mkv"));
    }
    FfmpegCli.ffmpeg(
        folder,
        video
            + h264
            + "-attach letters.ttf -metadata:s:t mimetype=application/x-truetype-font"
            + " -metadata:s:t filename=letters.ttf font.mkv");
    FfmpegCli.ffmpeg(
        folder, video + h264 + "-attach cover.jpg -metadata:s:t mimetype=image/jpeg cover.mkv");
    FfmpegCli.ffmpeg(folder, video + "-i chapters.txt -map_metadata 1 " + h264 + "chapters.mkv");
    FfmpegCli.ffmpeg(folder, video + h264 + "-timecode 01:02:03:04 timecode.mov");
    FfmpegCli.ffmpeg(
        folder,
        video
            + h264
            + "-metadata title=Trip -metadata location=+52.5000+013.4000/"
            + " -metadata creation_time=2024-05-06T07:08:09Z tags.mp4");
    FfmpegCli.ffmpeg(
        folder,
        video
            + h264
            + "-movflags use_metadata_tags"
            + " -metadata com.apple.quicktime.make=Apple -metadata title=Trip phone.mov");
  }

  private static AssemblyReport rewrite(String source, String output) {
    return Rewriting.whole(folder.resolve(source), folder.resolve(output));
  }

  private static List<String> probe(String name, String what) {
    return FfmpegCli.ffprobe(folder.resolve(name), "-show_entries " + what);
  }

  /** Returns the streams, once; ffprobe lists those of a program again. */
  private static List<String> streams(String name) {
    return probe(name, "stream=index,codec_name,codec_type").stream()
        .map(line -> line.replaceAll(",$", ""))
        .distinct()
        .toList();
  }

  private static List<String> packets(String name, int stream) {
    return FfmpegCli.answer(folder, "-i %s -map 0:%d -c copy -f md5 -".formatted(name, stream));
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, mp3.mkv, copied",
    "mov, mp3.mkv, copied",
    "mkv, mp3.mkv, copied",
    "webm, libopus.mkv, copied",
    "avi, mp3.mkv, copied",
    "ts, mp3.mkv, copied",
    "mp4, wmav2.mkv, aac",
    "mov, libvorbis.mkv, aac",
    "mkv, nellymoser.flv, aac",
    "webm, mp3.mkv, opus",
    "avi, libopus.mkv, dropped",
    "ts, wmav2.mkv, aac",
    "gif, mp3.mkv, dropped",
  })
  void sound(String container, String source, String fate) {
    String output = "sound-%s.%s".formatted(source.replace('.', '-'), container);
    check(rewrite(source, output), output, "audio", fate);
    if (fate.equals("copied")) {
      assertThat(packets(output, 1)).isEqualTo(packets(source, 1));
    }
  }

  private static void check(AssemblyReport report, String output, String type, String fate) {
    List<String> probed = streams(output);
    if (fate.equals("copied")) {
      assertThat(report.warnings()).isEmpty();
      assertThat(report.kept()).anyMatch(word -> word.startsWith("copied stream 1"));
      assertThat(probed).hasSize(2).element(1).asString().endsWith("," + type);
    } else if (fate.equals(DROPPED)) {
      assertThat(report.warnings()).anyMatch(word -> word.contains(DROPPED));
      assertThat(probed).hasSize(1);
    } else {
      assertThat(report.warnings()).anyMatch(word -> word.contains("to " + fate));
      assertThat(probed).hasSize(2).element(1).asString().isEqualTo("1,%s,%s", fate, type);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, srt.mkv, mov_text",
    "mov, srt.mkv, mov_text",
    "mkv, srt.mkv, copied",
    "mkv, mov_text.mp4, subrip",
    "webm, srt.mkv, webvtt",
    "avi, srt.mkv, dropped",
    "ts, srt.mkv, dropped",
    "gif, srt.mkv, dropped",
  })
  void subtitles(String container, String source, String fate) {
    String output = "text-%s.%s".formatted(source.replace('.', '-'), container);
    check(rewrite(source, output), output, "subtitle", fate);
    if (!fate.equals(DROPPED)) {
      assertThat(FfmpegCli.answer(folder, "-i %s -map 0:1 -f srt -".formatted(output)))
          .contains("Hello");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, mpeg4, copied",
    "mov, mpeg4, copied",
    "mkv, mpeg4, copied",
    "webm, libvpx-vp9, copied",
    "webm, mpeg4, dropped",
    "avi, mpeg4, copied",
    "ts, mpeg2video, copied",
    "ts, mpeg4, dropped",
    "ts, ffv1, dropped",
    "avi, qtrle, dropped",
    "gif, mpeg4, dropped",
  })
  void furtherVideo(String container, String codec, String fate) {
    String output = "second-%s-in.%s".formatted(codec, container);
    String source = "second-%s.%s".formatted(codec, codec.equals("qtrle") ? "mov" : "mkv");
    AssemblyReport report = rewrite(source, output);
    check(report, output, "video", fate);
    if (fate.equals("copied")) {
      assertThat(streams(output)).hasSize(2);
      assertThat(String.join(" ", probe(output, "stream=width"))).contains("64");
    }
  }

  @ParameterizedTest
  @CsvSource({"mkv, true", "mp4, false", "mov, false", "webm, false", "avi, false", "ts, false"})
  void attachedFonts(String container, boolean kept) throws IOException {
    String output = "font-in." + container;
    AssemblyReport report = rewrite("font.mkv", output);
    if (kept) {
      FfmpegCli.ffmpeg(folder, "-dump_attachment:t:0 dumped.ttf -i %s -f null -".formatted(output));
      assertThat(folder.resolve("dumped.ttf"))
          .hasBinaryContent(Files.readAllBytes(folder.resolve("letters.ttf")));
    } else {
      assertThat(report.warnings()).singleElement().asString().contains("attachment");
      assertThat(streams(output)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, picture",
    "mov, dropped",
    "mkv, attachment",
    "webm, dropped",
    "avi, dropped",
    "ts, dropped",
    "gif, dropped"
  })
  void covers(String container, String fate) {
    String output = "cover-in." + container;
    AssemblyReport report = rewrite("cover.mkv", output);
    if (fate.equals(DROPPED)) {
      assertThat(report.warnings()).singleElement().asString().contains(DROPPED);
      assertThat(streams(output)).hasSize(1);
    } else {
      assertThat(report.warnings()).isEmpty();
      assertThat(probe(output, "stream_disposition=attached_pic")).containsExactly("0", "1");
      assertThat(packets(output, 1)).isEqualTo(packets("cover.mkv", 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"mp4, true", "mov, true", "mkv, true", "webm, true", "avi, false", "ts, false"})
  void timecodes(String container, boolean kept) {
    String output = "timecode-in." + container;
    AssemblyReport report = rewrite("timecode.mov", output);
    String tags = String.join("\n", probe(output, "stream_tags:format_tags"));
    assertThat(tags.contains("01:02:03:04")).isEqualTo(kept);
    assertThat(report.warnings()).hasSize(kept ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, true",
    "mov, true",
    "mkv, true",
    "webm, true",
    "avi, false",
    "ts, false",
    "gif, false"
  })
  void chapters(String container, boolean kept) {
    String output = "chapters-in." + container;
    AssemblyReport report = rewrite("chapters.mkv", output);
    List<String> titles = probe(output, "chapter=start_time,end_time:chapter_tags=title");
    if (kept) {
      assertThat(titles).containsExactly("0.000000,0.200000,One", "0.200000,0.500000,Two");
      assertThat(report.warnings()).isEmpty();
    } else {
      assertThat(titles).isEmpty();
      assertThat(report.warnings()).singleElement().asString().contains("chapters");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, true, true, true",
    "mov, true, true, true",
    "mkv, true, true, true",
    "webm, true, true, true",
    "avi, true, false, false",
    "ts, true, false, false",
    "gif, false, false, false"
  })
  void tags(String container, boolean title, boolean place, boolean date) {
    String output = "tags-in." + container;
    AssemblyReport report = rewrite("tags.mp4", output);
    String tags = String.join("\n", probe(output, "format_tags:program_tags"));
    assertThat(tags.contains("Trip")).isEqualTo(title);
    assertThat(tags.contains("+52.5000+013.4000/")).isEqualTo(place);
    assertThat(tags.contains("2024-05-06T07:08:09")).isEqualTo(date);
    assertThat(report.warnings())
        .isEqualTo(
            date
                ? List.of()
                : List.of(
                    "dropped the tags creation_time, location%s: %s cannot store them"
                        .formatted(
                            title ? "" : ", title",
                            StreamHandling.title(container.equals("ts") ? "mpegts" : container))));
  }

  @ParameterizedTest
  @CsvSource({"mp4, true", "mov, true", "mkv, true", "webm, true", "avi, false", "ts, false"})
  void tagsOfCameras(String container, boolean kept) {
    String output = "phone-in." + container;
    AssemblyReport report = rewrite("phone.mov", output);
    String tags = String.join("\n", probe(output, "format_tags"));
    assertThat(tags.contains("Apple")).isEqualTo(kept);
    assertThat(report.warnings()).hasSize(kept ? 0 : 1);
  }
}
