package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AssemblyReport;
import io.reverie.video.FfmpegCli;
import io.reverie.video.MediaSource;
import io.reverie.video.Rewriting;
import io.reverie.video.encode.EncodeOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers, timecodes and the tags of cameras. */
class KeptStreamsTest {

  private static final String VIDEO = "-f lavfi -i testsrc2=size=160x90:rate=25:duration=1 ";
  private static final String SOUND = "-f lavfi -i sine=duration=1 ";

  @TempDir private Path folder;

  private Path clip(String words, String name) {
    FfmpegCli.ffmpeg(folder, words + " " + name);
    return folder.resolve(name);
  }

  private String picture() {
    FfmpegCli.ffmpeg(folder, "-f lavfi -i testsrc2=size=64x64 -frames:v 1 cover.jpg");
    return "cover.jpg";
  }

  private AssemblyReport rewrite(Path source, String output) {
    return Rewriting.whole(source, folder.resolve(output));
  }

  private List<String> probe(String name, String what) {
    return FfmpegCli.ffprobe(folder.resolve(name), "-show_entries " + what);
  }

  private List<String> coverBytes(String name, int stream) {
    return FfmpegCli.answer(
        folder, "-i %s -map 0:%d -frames:v 1 -c copy -f md5 -".formatted(name, stream));
  }

  @Test
  void anAttachedCoverStaysAnAttachment() {
    Path source =
        clip(
            VIDEO
                + "-c:v libx264 -pix_fmt yuv420p -attach %s -metadata:s:t mimetype=image/jpeg -metadata:s:t filename=front.jpg"
                    .formatted(picture()),
            "film.mkv");

    AssemblyReport report = rewrite(source, "out.mkv");

    assertThat(report.warnings()).isEmpty();
    assertThat(report.kept()).containsExactly("attached the cover stream 1 (video, mjpeg)");
    assertThat(
            probe(
                "out.mkv",
                "stream=codec_type:stream_disposition=attached_pic:stream_tags=filename,mimetype"))
        .element(1)
        .asString()
        .contains("video,1", "front.jpg", "image/jpeg");
    assertThat(coverBytes("out.mkv", 1)).isEqualTo(coverBytes("film.mkv", 1));
  }

  @Test
  void aCoverOfAnMp4IsAttachedToMatroskaAndBackAgain() {
    Path source =
        clip(
            VIDEO
                + "-i %s -map 0 -map 1 -c:v:0 libx264 -pix_fmt:v:0 yuv420p -c:v:1 copy -disposition:v:1 attached_pic"
                    .formatted(picture()),
            "film.mp4");

    rewrite(source, "out.mkv");
    rewrite(folder.resolve("out.mkv"), "back.mp4");

    assertThat(probe("out.mkv", "stream_disposition=attached_pic:stream_tags=filename"))
        .element(1)
        .asString()
        .contains("1", "cover.jpg");
    assertThat(probe("back.mp4", "stream_disposition=attached_pic")).containsExactly("0", "1");
    assertThat(coverBytes("back.mp4", 1)).isEqualTo(coverBytes("film.mp4", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "out.mov, kept stream 1 (timecode)",
    "out.mp4, kept stream 1 (timecode)",
    "out.mkv, kept stream 1 (timecode) as a tag"
  })
  void aTimecodeIsKept(String output, String sentence) {
    Path source = clip(VIDEO + "-c:v libx264 -pix_fmt yuv420p -timecode 01:02:03:04", "film.mov");

    AssemblyReport report = rewrite(source, output);

    assertThat(report.warnings()).isEmpty();
    assertThat(report.kept()).containsExactly(sentence);
    assertThat(probe(output, "stream_tags=timecode")).first().asString().contains("01:02:03:04");
  }

  @Test
  void aLostTimecodeIsNamed() {
    Path source = clip(VIDEO + "-c:v libx264 -pix_fmt yuv420p -timecode 01:02:03:04", "film.mov");

    assertThat(rewrite(source, "out.avi").warnings())
        .containsExactly("dropped stream 1 (timecode): AVI files cannot store it");
  }

  @Test
  void theTimecodeOfAPartIsThatOfItsFirstFrame() {
    Path source = clip(VIDEO + "-c:v libx264 -pix_fmt yuv420p -timecode 01:02:03:20", "film.mov");

    new Rewriting(source, folder.resolve("part.mov"), EncodeOptions.AUTOMATIC, 10, 25).run();

    assertThat(probe("part.mov", "stream_tags=timecode"))
        .isNotEmpty()
        .allMatch(line -> line.contains("01:02:04:05"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.mov", "out.mp4"})
  void theTagsOfAPhoneAreKept(String output) {
    Path source =
        clip(
            VIDEO
                + SOUND
                + "-c:v libx264 -pix_fmt yuv420p -c:a aac -movflags use_metadata_tags"
                + " -metadata com.apple.quicktime.make=Apple -metadata com.apple.quicktime.model=iPhone"
                + " -metadata location=+52.5+013.4/ -metadata creation_time=2024-05-06T07:08:09Z -metadata title=Trip",
            "portrait.mov");

    AssemblyReport report = rewrite(source, output);

    assertThat(report.warnings()).isEmpty();
    assertThat(report.kept()).containsExactly("copied stream 1 (audio, aac)");
    String tags = String.join("\n", FfmpegCli.ffprobe(folder.resolve(output), "-show_format"));
    assertThat(tags)
        .contains("Apple", "iPhone", "+52.5000+013.4000/", "2024-05-06T07:08:09", "Trip")
        .contains(output.endsWith("mov") ? "qt" : "isom");
  }

  @Test
  void aPlaceIsKeptUnderTheNameThatCamerasUse() {
    Path source =
        clip(
            VIDEO
                + "-c:v libx264 -pix_fmt yuv420p -movflags use_metadata_tags"
                + " -metadata com.android.version=14 -metadata location=+52.5000+013.4000/",
            "phone.mp4");

    rewrite(source, "out.mp4");

    assertThat(probe("out.mp4", "format_tags=com.apple.quicktime.location.ISO6709"))
        .containsExactly("+52.5000+013.4000/");
    assertThat(probe("out.mp4", "format_tags=com.android.version")).containsExactly("14");
  }

  @Test
  void filesWithoutSuchTagsGetTheUsualOnes() {
    Path source = clip(VIDEO + "-c:v libx264 -pix_fmt yuv420p -metadata title=Trip", "film.mp4");

    rewrite(source, "out.mp4");

    assertThat(probe("out.mp4", "format_tags=title")).containsExactly("Trip");
    assertThat(probe("out.mp4", "format_tags=major_brand")).containsExactly("isom");
  }

  @Test
  void aPlanSaysWhatWillBecomeOfEachStream() {
    Path source =
        clip(
            VIDEO
                + SOUND
                + "-f lavfi -i sine=frequency=660:duration=1 -map 0 -map 1 -map 2 -c:v libx264 -pix_fmt yuv420p"
                + " -c:a:0 aac -c:a:1 libopus -metadata:s:a:0 language=eng",
            "film.mkv");

    assertThat(StreamHandling.sentences(MediaSource.of(source), 0, "webm"))
        .containsExactly(
            "converted stream 1 from aac to opus: WebM files cannot store the original",
            "copied stream 2 (audio, opus)");
  }
}
