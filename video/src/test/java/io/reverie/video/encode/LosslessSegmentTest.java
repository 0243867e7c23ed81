package io.reverie.video.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Colour;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LosslessSegmentTest {

  /** With 16 bits, a value is exact to half a step of 1/257 grey level. */
  private static final float STEP = 1 / 257f;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "1, 12800, 0, 512",
    "1, 12800, 512000, 512",
    "1001, 30000, 0, 1",
    "1001, 30000, 107892, 1",
    "1, 90000, 900900, 3003",
    "1, 90000, 8589934000, 3003",
    "1, 24, 0, 1",
    "1, 1000, -41, 33",
    "1, 90000, -3003, 3003",
  })
  void framesAndTimesSurviveTheRoundTrip(int num, int den, long first, int duration) {
    Size size = new Size(32, 18);
    long origin = Math.min(0, first);
    List<Frame> frames = frames(size, first, duration, 6);
    LosslessSegment segment =
        new LosslessSegment(format(size, new Rational(num, den), duration, origin));
    assertSame(rewritten(segment, frames), frames);
  }

  @Test
  void aLateFirstFrameKeepsItsTime() {
    Size size = new Size(32, 18);
    List<Frame> late = frames(size, 40_000, 512, 4);
    LosslessSegment segment = new LosslessSegment(format(size, new Rational(1, 12800), 512, -1024));
    assertSame(rewritten(segment, late), late);
  }

  @ParameterizedTest
  @CsvSource({"33, 19", "1, 1", "2, 7", "101, 2"})
  void oddSizesAreKept(int width, int height) {
    Size size = new Size(width, height);
    List<Frame> frames = frames(size, 0, 512, 3);
    LosslessSegment segment = new LosslessSegment(format(size, new Rational(1, 12800), 512, 0));
    assertSame(rewritten(segment, frames), frames);
  }

  @Test
  void unevenTimesAreKept() {
    Size size = new Size(16, 16);
    List<Frame> frames = new ArrayList<>();
    long[] times = {7, 8, 1300, 1301, 90_000};
    for (Frame frame : frames(size, 0, 1, times.length)) {
      frames.add(frame.at(times[frames.size()]));
    }
    LosslessSegment segment = new LosslessSegment(format(size, new Rational(1, 90000), 3000, 0));
    assertSame(rewritten(segment, frames), frames);
  }

  @Test
  void aMovedFileCanBeRead() throws Exception {
    Size size = new Size(16, 16);
    List<Frame> frames = frames(size, 512, 512, 2);
    LosslessSegment segment = new LosslessSegment(format(size, new Rational(1, 12800), 512, 0));
    Path here = folder.resolve("here.nut");
    write(segment, here, frames);
    Path there = Files.move(here, folder.resolve("there.nut"));
    assertSame(read(segment, there), frames);
  }

  @Test
  void transparencyIsDropped() {
    Size size = new Size(16, 16);
    Frame opaque = frames(size, 0, 512, 1).get(0);
    Frame clear = new Frame(16, 16, opaque.rgb(), Optional.of(new float[256]), opaque.pts(), false);
    SegmentFormat transparent =
        new SegmentFormat(
            size, new Rational(1, 12800), new Rational(25, 1), Colour.UNSPECIFIED, 8, true, 0);
    LosslessSegment segment = new LosslessSegment(transparent);
    List<Frame> back = rewritten(segment, List.of(clear));
    assertSame(back, List.of(opaque));
    assertThat(back.get(0).alpha()).isEmpty();
  }

  private static void assertSame(List<Frame> back, List<Frame> frames) {
    assertThat(back).extracting(Frame::pts).isEqualTo(frames.stream().map(Frame::pts).toList());
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      assertThat(back.get(i).width()).isEqualTo(frame.width());
      assertThat(back.get(i).height()).isEqualTo(frame.height());
      float furthest = 0;
      for (int j = 0; j < frame.rgb().length; j++) {
        furthest = Math.max(furthest, Math.abs(back.get(i).rgb()[j] - frame.rgb()[j]));
      }
      assertThat(furthest).as("frame %d", i).isLessThan(STEP);
    }
  }

  private List<Frame> rewritten(LosslessSegment segment, List<Frame> frames) {
    Path file = folder.resolve("segment.nut");
    write(segment, file, frames);
    return read(segment, file);
  }

  private static void write(LosslessSegment segment, Path file, List<Frame> frames) {
    try (FrameWriter writer = segment.writer(file)) {
      frames.forEach(writer::write);
      writer.finish();
    }
  }

  private static List<Frame> read(LosslessSegment segment, Path file) {
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = segment.reader(MediaSource.of(file))) {
      for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
        frames.add(next.get());
      }
    }
    return frames;
  }

  private static SegmentFormat format(Size size, Rational timeBase, int duration, long origin) {
    Rational rate = new Rational(timeBase.den() / duration / timeBase.num() + 1, 1);
    return new SegmentFormat(size, timeBase, rate, Colour.UNSPECIFIED, 8, false, origin);
  }

  /** Returns frames with fractional levels that reach both ends of the range. */
  private static List<Frame> frames(Size size, long first, int duration, int count) {
    Random random = new Random(first);
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] rgb = new float[size.width() * size.height() * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = Math.max(0, Math.min(255, 275 * random.nextFloat() - 10));
      }
      frames.add(
          new Frame(
              size.width(),
              size.height(),
              rgb,
              Optional.empty(),
              first + (long) n * duration,
              false));
    }
    return frames;
  }
}
