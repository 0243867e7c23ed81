package io.reverie.jobs.plan;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reverie.video.PtsRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanRecordsTest {

  private static final PtsRange WHOLE = new PtsRange(0, 100);
  private static final PtsRange PART = new PtsRange(10, 20);
  private static final Shot SHOT = new Shot(0, WHOLE, 100);

  @Test
  void partsHaveFramesAndNumbersFromZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Shot(0, WHOLE, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Shot(-1, WHOLE, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Chunk(0, WHOLE, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Chunk(-1, WHOLE, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Seam(-1, PART, WHOLE, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new Seam(0, PART, WHOLE, 0));
  }

  @Test
  void aSeamIsWithinItsMargin() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Seam(3, PART, new PtsRange(11, 21), 10))
        .withMessageContaining("the margin of the seam after segment 3");
  }

  @Test
  void aSegmentIsWithinItsShotAndContainsItsBody() {
    assertThatIllegalArgumentException().isThrownBy(() -> segment(new PtsRange(90, 101), PART, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> segment(PART, new PtsRange(9, 20), 10));
  }

  @Test
  void theChunksOfASegmentHaveAllItsFrames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> segment(PART, PART, 9))
        .withMessageContaining("do not have its 10 frames");
  }

  private static Segment segment(PtsRange range, PtsRange body, int chunked) {
    return new Segment(2, SHOT, range, 10, body, List.of(), List.of(new Chunk(0, range, chunked)));
  }
}
