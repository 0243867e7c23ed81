package io.reverie.temporal.zoom;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.temporal.zoom.ZoomPlan.FrameUse;
import io.reverie.temporal.zoom.ZoomPlan.Stretch;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoomPlanTest {

  @Test
  void aPlainZoomIsDividedIntoChunks() {
    ZoomPlan plan = ZoomPlan.of(90, 0, 40);
    assertThat(plan.stretches())
        .containsExactly(
            new Stretch(0, 0, 40, FrameUse.SHOWN),
            new Stretch(1, 40, 80, FrameUse.SHOWN),
            new Stretch(2, 80, 90, FrameUse.SHOWN));
    assertThat(plan.inDisplayOrder()).isEqualTo(plan.stretches());
  }

  @Test
  void fadedFramesOfALoopComeFirst() {
    ZoomPlan plan = ZoomPlan.of(10, 3, 2);
    List<Stretch> all = plan.stretches();
    assertThat(all.stream().mapToInt(s -> s.to() - s.from()).sum()).isEqualTo(13);
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).from()).isEqualTo(all.get(i - 1).to());
    }
    assertThat(plan.inDisplayOrder().get(0)).isEqualTo(new Stretch(6, 10, 12, FrameUse.FADED));
    assertThat(plan.stored(plan.inDisplayOrder().get(0)))
        .isEqualTo(new Stretch(0, 0, 2, FrameUse.STORED));
    assertThat(plan.stored(plan.inDisplayOrder().get(1)))
        .isEqualTo(new Stretch(1, 2, 3, FrameUse.STORED));
    assertThat(plan.inDisplayOrder().stream().mapToInt(s -> s.to() - s.from()).sum()).isEqualTo(10);
  }
}
