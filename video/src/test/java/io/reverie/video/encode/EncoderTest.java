package io.reverie.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Colour;
import io.reverie.video.Decoded;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.Kind;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Rewriting;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.assemble.Assembler;
import io.reverie.video.decode.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks what encoders keep: transparency, every column and row, and image quality. */
class EncoderTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void needFfmpeg() {
    FfmpegCli.assumeInstalled();
  }

  @ParameterizedTest
  @CsvSource({"o.webm, vp9, 12", "o.mkv, vp9, 12", "o.mov, prores, 3", "o.mkv, ffv1, 1"})
  void transparencyIsKept(String output, String codec, double tolerance) {
    Path source = Kind.VP9_ALPHA.clip(folder);
    Path written = folder.resolve("alpha-" + codec + output);

    new Rewriting(source, written, Rewriting.as(codec), 0, 12).run();

    List<Frame> before = Decoded.frames(source);
    List<Frame> after = Decoded.frames(written);
    assertThat(after).hasSize(12);
    for (int i = 0; i < 12; i++) {
      float[] a = before.get(i).alpha().orElseThrow();
      float[] b = after.get(i).alpha().orElseThrow();
      double sum = 0;
      for (int p = 0; p < a.length; p++) {
        sum += Math.abs(a[p] - b[p]);
      }
      assertThat(sum / a.length).isLessThan(tolerance);
    }
  }

  @Test
  void oddSizesArePaddedForH264() {
    Path written = folder.resolve("odd.mp4");

    Rewriting.whole(Kind.ODD_SIZE.clip(folder), written);

    assertThat(new VideoFile(MediaSource.of(written)).index().size()).isEqualTo(new Size(162, 92));
  }

  @ParameterizedTest
  @CsvSource({"d.mp4, h264", "d.webm, vp9"})
  void dreamsAreEncodedAbove38Decibels(String output, String codec) {
    List<Frame> dream = dream();
    Path written = folder.resolve(output);

    write(dream, written, Rewriting.as(codec));

    List<Frame> read = Decoded.frames(written);
    assertThat(read).hasSameSizeAs(dream);
    double[] quality = new double[read.size()];
    for (int i = 0; i < quality.length; i++) {
      quality[i] = lumaPsnr(dream.get(i), read.get(i));
      assertThat(quality[i]).as("frame %d", i).isGreaterThan(38);
    }
    double later = (quality[5] + quality[6] + quality[7]) / 3;
    assertThat(Math.min(quality[0], Math.min(quality[1], quality[2]))).isGreaterThan(later - 1);
  }

  @Test
  void encodingIsReproducible() throws IOException {
    Path first = folder.resolve("first.mp4");
    Path second = folder.resolve("second.mp4");

    write(dream(), first, EncodeOptions.AUTOMATIC);
    write(dream(), second, EncodeOptions.AUTOMATIC);

    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void aBitrateReducesTheSize() throws IOException {
    Path free = folder.resolve("free.mp4");
    Path tight = folder.resolve("tight.mp4");
    EncodeOptions rate =
        new EncodeOptions(
            Optional.empty(), OptionalInt.empty(), OptionalLong.of(100_000), Optional.empty());

    write(dream(), free, EncodeOptions.AUTOMATIC);
    write(dream(), tight, rate);

    assertThat(Files.size(tight)).isLessThan(Files.size(free) / 2);
  }

  @ParameterizedTest
  @CsvSource({"o.mp4, h265, unknown codec 'h265'", "o.xyz, h264, unsupported extension '.xyz'"})
  void unknownNamesAreReported(String output, String codec, String sentence) {
    assertThatThrownBy(() -> OutputFormat.of(output, Rewriting.as(codec)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(sentence);
  }

  private static void write(List<Frame> frames, Path output, EncodeOptions options) {
    OutputFormat format = OutputFormat.of(output.getFileName().toString(), options);
    Size size = new Size(frames.get(0).width(), frames.get(0).height());
    Rational unit = new Rational(1, 25);
    SegmentFormat like =
        new SegmentFormat(size, unit, unit.inverse(), Colour.UNSPECIFIED, 8, false);
    Path segment = output.resolveSibling(output.getFileName() + ".nut");
    try (SegmentWriter writer = new SegmentWriter(segment, format, like)) {
      frames.forEach(writer::write);
      writer.finish();
    }
    VideoIndex index = new VideoFile(MediaSource.of(segment)).index();
    new Assembler(index, PtsRange.ALL, format, Optional.empty())
        .assemble(Optional.empty(), List.of(MediaSource.of(segment)), output);
  }

  /** Returns moving, smooth, saturated waves with fine grain. */
  private static List<Frame> dream() {
    Random random = new Random(7);
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      float[] rgb = new float[160 * 96 * 3];
      for (int p = 0; p < rgb.length; p++) {
        int x = p / 3 % 160 + i;
        int y = p / 480;
        double wave = Math.sin(x / 9.0 + p % 3 * 2) + Math.sin(y / 7.0 + x / 23.0 + p % 3);
        rgb[p] = (float) Math.max(0, Math.min(255, 128 + 60 * wave + 6 * random.nextGaussian()));
      }
      frames.add(new Frame(160, 96, rgb, Optional.empty(), i, false));
    }
    return frames;
  }

  private static double lumaPsnr(Frame a, Frame b) {
    double sum = 0;
    int count = a.width() * a.height();
    for (int i = 0; i < count; i++) {
      double difference = luma(a.rgb(), i) - luma(b.rgb(), i);
      sum += difference * difference;
    }
    return 10 * Math.log10(255 * 255 * count / sum);
  }

  private static double luma(float[] rgb, int i) {
    return 0.299 * rgb[i * 3] + 0.587 * rgb[i * 3 + 1] + 0.114 * rgb[i * 3 + 2];
  }
}
