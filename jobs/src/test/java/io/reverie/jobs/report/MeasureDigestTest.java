package io.reverie.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeasures.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureDigestTest {

  private static FrameMeasures frame(int position, double strength, double warping) {
    Part part = new Part(0, 0);
    return new FrameMeasures(position, 1, false, strength, part, part, warping, 0, 1);
  }

  /** A page shows the same, whether the frames were told one by one or in digests of segments. */
  @Test
  void aDigestFillsASeriesAsItsFramesWould() {
    int frames = 10_007;
    Series flicker = new Series(frames);
    Series digested = new Series(frames);
    for (int from = 0; from < frames; from += 160) {
      MeasureDigest.Builder digest = new MeasureDigest.Builder(frames);
      for (int i = from; i < Math.min(frames, from + 160); i++) {
        double warping = i % 50 == 0 ? Double.NaN : (i * 37 % 101) / 10.0;
        FrameMeasures frame = frame(i, i % 7, warping);
        digest.add(i, frame);
        flicker.add(i, frame.hasFlicker() ? frame.flicker() : Double.NaN);
      }
      digest
          .digest()
          .stretches()
          .forEach(stretch -> digested.add(stretch.position(), stretch.flicker()));
    }
    assertThat(digested.points()).hasSameSizeAs(flicker.points());
    for (int i = 0; i < flicker.points().size(); i++) {
      Series.Point expected = flicker.points().get(i);
      Series.Point point = digested.points().get(i);
      assertThat(point.at()).isEqualTo(expected.at());
      assertThat(point.low()).isEqualTo(expected.low());
      assertThat(point.high()).isEqualTo(expected.high());
      assertThat(point.mean()).isCloseTo(expected.mean(), within(1e-12));
    }
  }

  @Test
  void aLongFilmHasAFewHundredStretches() {
    MeasureDigest.Builder digest = new MeasureDigest.Builder(1_000_000);
    for (int i = 0; i < 1_000_000; i++) {
      digest.add(i, frame(i, 1, 1));
    }
    List<MeasureDigest.Stretch> stretches = digest.digest().stretches();
    assertThat(stretches).hasSize(600);
    assertThat(stretches.stream().mapToLong(each -> each.strength().count()).sum())
        .isEqualTo(1_000_000);
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }
}
