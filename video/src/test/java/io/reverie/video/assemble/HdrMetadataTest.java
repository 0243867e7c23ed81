package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.video.Colour;
import io.reverie.video.FfmpegCli;
import io.reverie.video.HdrMetadata;
import io.reverie.video.Kind;
import io.reverie.video.MediaSource;
import io.reverie.video.Rewriting;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.ffmpeg.Ffmpeg;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata of HDR10 and HDR10+. */
class HdrMetadataTest {

  /** BT.2020 primaries, 0.0001 to 1000 cd/m2, and light of at most 900 and on average 120 cd/m2. */
  private static final String HDR10 =
      "-c:v libx265 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace"
          + " bt2020nc -x265-params log-level=none:hdr10=1:repeat-headers=1:max-cll=900,120:"
          + "master-display=G(8500,39850)B(6550,2300)R(35400,14600)WP(15635,16450)L(10000000,1)";

  @TempDir private Path folder;

  private Path clip(String name) {
    FfmpegCli.ffmpeg(
        folder, "-f lavfi -i testsrc2=size=160x96:rate=20:duration=1 " + HDR10 + " " + name);
    return folder.resolve(name);
  }

  private static HdrMetadata metadata(Path clip) {
    return new VideoFile(MediaSource.of(clip)).index().colour().hdr();
  }

  private static void assertHdr10(HdrMetadata metadata) {
    assertThat(metadata.chromaticities())
        .extracting(x -> Math.round(x.toDouble() * 1000))
        .containsExactly(708L, 292L, 170L, 797L, 131L, 46L, 313L, 329L);
    assertThat(metadata.luminances())
        .extracting(x -> Math.round(x.toDouble() * 10_000))
        .containsExactly(1L, 10_000_000L);
    assertThat(metadata.maxContentLight()).isEqualTo(900);
    assertThat(metadata.maxAverageLight()).isEqualTo(120);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hdr.mkv", "hdr.mp4", "hdr.ts"})
  void theSourcesMetadataIsRead(String name) {
    assertHdr10(metadata(clip(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "out.mp4, av1",
    "out.mkv, av1",
    "out.webm, av1",
    "out.mov, prores",
    "out.mkv, prores",
    "out.webm, vp9",
    "out.mp4, vp9",
    "out.mkv, ffv1"
  })
  void theFileKeepsIt(String name, String codec) {
    Path output = folder.resolve(name);
    new Rewriting(clip("hdr.mkv"), output, Rewriting.as(codec), 0, Integer.MAX_VALUE).run();

    assertHdr10(metadata(output));
    List<String> stream =
        FfmpegCli.ffprobe(output, "-select_streams v:0 -show_entries stream=color_transfer");
    assertThat(stream).first().asString().contains("smpte2084");
    String sideData =
        String.join(
            " ", FfmpegCli.ffprobe(output, "-select_streams v:0 -show_entries stream_side_data"));
    assertThat(sideData).contains("Mastering display metadata", "900", "120");
  }

  /** Only a build with -gpl has an encoder. */
  @ParameterizedTest
  @ValueSource(strings = {"out.mp4", "out.mov", "out.mkv", "out.ts"})
  void hevcKeepsIt(String name) {
    Ffmpeg.quiet();
    assumeTrue(avcodec_find_encoder_by_name("libx265") != null, "not a build with -gpl");
    Path output = folder.resolve(name);
    new Rewriting(clip("hdr.mkv"), output, Rewriting.as("hevc"), 0, Integer.MAX_VALUE).run();

    assertHdr10(metadata(output));
    assertThat(firstFrame(output)).contains("Mastering display metadata", "900", "120");
  }

  private static String firstFrame(Path clip) {
    return String.join(
        " ",
        FfmpegCli.ffprobe(
            clip, "-select_streams v:0 -read_intervals %+#1 -show_frames -show_entries side_data"));
  }

  @Test
  void theStreamItselfKeepsIt() {
    new Rewriting(
            clip("hdr.mkv"), folder.resolve("out.mp4"), Rewriting.as("av1"), 0, Integer.MAX_VALUE)
        .run();
    FfmpegCli.ffmpeg(folder, "-i out.mp4 -c copy -f obu out.obu");

    assertThat(firstFrame(folder.resolve("out.obu")))
        .contains("Mastering display metadata", "900", "120");
  }

  @Test
  void anHlgVideoKeepsItsTransferFunction() {
    FfmpegCli.ffmpeg(
        folder,
        Kind.PICTURES
            + "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le"
            + " -color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc hlg.mp4");
    Path output = folder.resolve("out.mp4");
    new Rewriting(folder.resolve("hlg.mp4"), output, Rewriting.as("av1"), 0, 20).run();

    VideoIndex index = new VideoFile(MediaSource.of(output)).index();
    assertThat(index.colour().transfer()).isEqualTo(Colour.HLG);
  }

  /** A transport stream has no place for it, so that H.264 keeps what its own header stores. */
  @Test
  void aTransportStreamKeepsTheTransferFunctionInItsVideo() {
    Path output = folder.resolve("out.ts");
    Rewriting.whole(clip("hdr.mkv"), output);

    assertThat(
            FfmpegCli.ffprobe(
                output, "-select_streams v:0 -show_entries stream=color_transfer,color_primaries"))
        .first()
        .asString()
        .contains("smpte2084", "bt2020");
  }
}
