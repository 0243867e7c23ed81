package io.reverie.jobs.video.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeasures.Part;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameColumnsTest {

  private static FrameMeasures frame(int i) {
    return new FrameMeasures(
        -5L * i,
        i % 3,
        i % 2 == 0,
        i * 0.1,
        new Part(i, 2L * i),
        new Part(0.5 * i, Long.MAX_VALUE - i),
        i % 5 == 0 ? Double.NaN : -i,
        Double.POSITIVE_INFINITY,
        1.0 / i);
  }

  @Test
  void framesAreReturnedBitForBit() {
    FrameColumns columns = new FrameColumns();
    List<FrameMeasures> frames = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      frames.add(frame(i));
      columns.add(frame(i));
    }
    assertThat(columns.view(0, columns.size())).isEqualTo(frames);
    assertThat(columns.view(10, 20)).isEqualTo(frames.subList(10, 20));
  }

  @Test
  void aFrameCanBeReplaced() {
    FrameColumns columns = new FrameColumns();
    columns.add(frame(1));
    columns.add(frame(2));
    columns.set(0, frame(8));
    assertThat(columns.view(0, 2)).containsExactly(frame(8), frame(2));
  }
}
