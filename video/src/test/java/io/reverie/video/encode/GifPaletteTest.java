package io.reverie.video.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AssemblyReport;
import io.reverie.video.Decoded;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.assemble.Assembler;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GifPaletteTest {

  private static final Size SIZE = new Size(96, 64);
  private static final int LATE = 18;

  @TempDir Path folder;

  /** Draws the frame of a number. */
  private interface Drawing {
    float[] draw(int number);
  }

  @Test
  void coloursThatComeLateAreInThePalette() {
    Drawing caption =
        number -> {
          float[] rgb = brown(number, 0);
          if (number >= LATE) {
            box(rgb, 8, new float[] {0, 0, 254});
          }
          if (number >= LATE + 3) {
            box(rgb, 56, new float[] {0, 254, 0});
          }
          return rgb;
        };
    write(new Rational(12, 1), 24, List.of(), caption);
    List<Frame> frames = Decoded.frames(folder.resolve("out.gif"));
    assertThat(frames).hasSize(24);
    float[] last = frames.get(23).rgb();
    assertThat(at(last, 20, 20)).as("blue").satisfies(c -> near(c, 0, 0, 254));
    assertThat(at(last, 70, 20)).as("lime").satisfies(c -> near(c, 0, 254, 0));
  }

  private static void near(float[] colour, int... wanted) {
    for (int c = 0; c < 3; c++) {
      assertThat(Math.abs(colour[c] - wanted[c])).isLessThan(12);
    }
  }

  @Test
  void eachShotHasAPaletteOfItsOwn() {
    Drawing shots = number -> brown(number, number < 6 ? 0 : number < 12 ? 1 : 2);
    double shared = error(12, List.of(), shots);
    double own = error(12, List.of(0L, 6L, 12L), shots);
    assertThat(own).isLessThan(0.8 * shared);
  }

  private double error(int count, List<Long> cuts, Drawing drawing) {
    write(new Rational(10, 1), count, cuts, drawing);
    List<Frame> frames = Decoded.frames(folder.resolve("out.gif"));
    double sum = 0;
    for (int i = 0; i < count; i++) {
      float[] wanted = drawing.draw(i);
      for (int v = 0; v < wanted.length; v++) {
        sum += Math.abs(frames.get(i).rgb()[v] - wanted[v]);
      }
    }
    return sum;
  }

  @Test
  void picturesTooBriefForAGifAreLeftOutAndTheTimesStayRight() {
    AssemblyReport report = write(new Rational(60, 1), 120, List.of(), n -> brown(n, 0));
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .startsWith("a .gif file cannot show a picture for less than 0.02 s; ")
        .endsWith("of 120 pictures were left out");
    VideoIndex index =
        new io.reverie.video.decode.VideoFile(MediaSource.of(folder.resolve("out.gif"))).index();
    assertThat(index.count()).isEqualTo((int) report.frames()).isBetween(72, 100);
    double end = index.seconds() + index.duration(index.count() - 1) * 0.01;
    assertThat(end).isBetween(1.99, 2.03);
  }

  @Test
  void roundedDelaysDoNotAddUp() {
    write(new Rational(30, 1), 45, List.of(), n -> brown(n, 0));
    VideoIndex index =
        new io.reverie.video.decode.VideoFile(MediaSource.of(folder.resolve("out.gif"))).index();
    for (int i = 0; i < 45; i++) {
      assertThat(index.times()[i]).isEqualTo(Math.round(i * 100 / 30.0));
    }
    assertThat(index.duration(44)).isEqualTo(150 - Math.round(44 * 100 / 30.0));
  }

  /** A picture of many close colours, around brown, green or violet. */
  private static float[] brown(int number, int kind) {
    Random random = new Random(number);
    float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
    for (int i = 0; i < rgb.length / 3; i++) {
      float light = (i % SIZE.width()) * 1.5f;
      rgb[i * 3 + kind] = 90 + light + random.nextInt(20);
      rgb[i * 3 + (kind + 1) % 3] = 40 + (i / SIZE.width()) * 2 + random.nextInt(20);
      rgb[i * 3 + (kind + 2) % 3] = 20 + random.nextInt(20);
    }
    return rgb;
  }

  private static void box(float[] rgb, int left, float[] colour) {
    for (int y = 10; y < 30; y++) {
      for (int x = left; x < left + 30; x++) {
        System.arraycopy(colour, 0, rgb, (y * SIZE.width() + x) * 3, 3);
      }
    }
  }

  private static float[] at(float[] rgb, int x, int y) {
    int from = (y * SIZE.width() + x) * 3;
    return new float[] {rgb[from], rgb[from + 1], rgb[from + 2]};
  }

  private AssemblyReport write(Rational rate, int count, List<Long> cuts, Drawing drawing) {
    VideoIndex index = VideoIndex.steady(rate, count, SIZE, 8, false);
    OutputFormat format = OutputFormat.of("out.gif", EncodeOptions.AUTOMATIC);
    Path segment = folder.resolve("segment");
    try (SegmentWriter writer = new SegmentWriter(segment, format, SegmentFormat.of(index, SIZE))) {
      IntStream.range(0, count)
          .forEach(
              i ->
                  writer.write(
                      new Frame(
                          SIZE.width(),
                          SIZE.height(),
                          drawing.draw(i),
                          Optional.empty(),
                          i,
                          false)));
      writer.finish();
    }
    return new Assembler(index, PtsRange.ALL, format, Optional.empty(), cuts)
        .assemble(Optional.empty(), List.of(MediaSource.of(segment)), folder.resolve("out.gif"));
  }
}
