package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Colour;
import io.reverie.video.Decoded;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.FrameOrigin;
import io.reverie.video.HdrMetadata;
import io.reverie.video.Kind;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.Rewriting;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.encode.EncodeOptions;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata of HDR10 and HDR10+. */
class HdrMetadataTest {

  /** BT.2020 primaries, 0.0001 to 1000 cd/m2, and light of at most 900 and on average 120 cd/m2. */
  private static final String HDR10 =
      "-c:v libx265 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc"
          + " -x265-params log-level=none:hdr10=1:repeat-headers=1:max-cll=900,120:"
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

  @Test
  void theStreamItselfKeepsIt() {
    new Rewriting(
            clip("hdr.mkv"), folder.resolve("out.mp4"), Rewriting.as("av1"), 0, Integer.MAX_VALUE)
        .run();
    FfmpegCli.ffmpeg(folder, "-i out.mp4 -c copy -f obu out.obu");

    assertHdr10(metadata(folder.resolve("out.obu")));
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

  /** An HDR10+ payload of one window, written bit by bit as SMPTE ST 2094-40 orders it. */
  private static byte[] hdr10Plus(int brightest) {
    StringBuilder bits = new StringBuilder();
    int[][] fields = {
      {8, 1}, // application version
      {2, 1}, // windows
      {27, 400}, // target luminance
      {1, 0},
      {17, brightest},
      {17, 20_000},
      {17, 10_000}, // largest of R, G, B
      {17, 5_000}, // average
      {4, 0}, // percentiles
      {10, 0}, // fraction of bright pixels
      {1, 0}, // mastering display
      {1, 0}, // tone mapping
      {1, 0} // saturation
    };
    for (int[] field : fields) {
      String value = Integer.toBinaryString(field[1]);
      bits.append("0".repeat(field[0] - value.length())).append(value);
    }
    bits.append("0".repeat((8 - bits.length() % 8) % 8));
    byte[] bytes = new BigInteger("1" + bits, 2).toByteArray();
    return Arrays.copyOfRange(bytes, bytes.length - bits.length() / 8, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"av1"})
  void eachFrameKeepsItsHdr10PlusMetadata(String codec) {
    Size size = new Size(96, 64);
    SegmentFormat format =
        new SegmentFormat(
            size,
            new Rational(1, 20),
            new Rational(20, 1),
            new Colour(9, Colour.PQ, 9, 1, 0),
            10,
            false);
    Path segment = folder.resolve("segment.nut");
    EncodeOptions options = Rewriting.as(codec);
    try (SegmentWriter writer =
        new SegmentWriter(segment, OutputFormat.of("out.mkv", options), format)) {
      for (int i = 0; i < 8; i++) {
        float[] rgb = new float[96 * 64 * 3];
        Arrays.fill(rgb, 20 * i);
        FrameOrigin origin = new FrameOrigin(false, Optional.of(hdr10Plus(30_000 + i)));
        writer.write(new Frame(96, 64, rgb, Optional.empty(), i, false).from(origin));
      }
      writer.finish();
    }

    List<Frame> frames = Decoded.frames(segment);

    assertThat(frames).hasSize(8);
    for (int i = 0; i < 8; i++) {
      assertThat(frames.get(i).origin().hdr10Plus()).isPresent();
      assertThat(frames.get(i).origin().hdr10Plus().get()).isEqualTo(hdr10Plus(30_000 + i));
    }
  }
}
