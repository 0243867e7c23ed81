package io.reverie.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.PtsRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of a video that do not fit together are rejected with the wrong value. */
class PlanRecordsTest {

  private static final PtsRange RANGE = new PtsRange(10, 20);
  private static final Shot SHOT = new Shot(0, new PtsRange(0, 40), 40);
  private static final Seam AFTER = new Seam(2, new PtsRange(16, 20), new PtsRange(15, 21), 4);
  private static final List<Chunk> CHUNKS =
      List.of(new Chunk(0, new PtsRange(10, 15), 5), new Chunk(1, new PtsRange(15, 20), 5));

  private static Segment segment(PtsRange range, PtsRange body, Seam seam, List<Chunk> chunks) {
    return new Segment(2, SHOT, range, 10, body, List.of(seam), chunks);
  }

  private static void assertRejected(Runnable made, String sentence) {
    assertThatThrownBy(made::run).isInstanceOf(IllegalArgumentException.class).hasMessage(sentence);
  }

  @Test
  void aSegmentInsideItsShotIsAccepted() {
    assertThat(segment(RANGE, new PtsRange(10, 16), AFTER, CHUNKS).counted()).isEqualTo(10);
  }

  @Test
  void aSegmentWithoutFramesOrNumberIsRejected() {
    assertRejected(
        () -> new Segment(2, SHOT, RANGE, 0, RANGE, List.of(), List.of()),
        "segment 2 has 0 frames");
    assertRejected(
        () -> new Segment(-1, SHOT, RANGE, 10, RANGE, List.of(), CHUNKS),
        "segment -1 has 10 frames");
  }

  @Test
  void aSegmentOutsideItsShotIsRejected() {
    PtsRange beyond = new PtsRange(10, 41);
    assertRejected(
        () -> segment(beyond, RANGE, AFTER, CHUNKS),
        "segment 2: %s is not inside its shot's range %s".formatted(beyond, SHOT.range()));
  }

  @Test
  void aBodyASeamAndChunksOutsideTheSegmentAreRejected() {
    PtsRange before = new PtsRange(9, 16);
    String sentence = "segment 2: %s is not inside its range %s".formatted(before, RANGE);
    assertRejected(() -> segment(RANGE, before, AFTER, CHUNKS), sentence);
    Seam early = new Seam(2, before, before, 4);
    assertRejected(() -> segment(RANGE, RANGE, early, CHUNKS), sentence);
    List<Chunk> chunks = List.of(new Chunk(0, before, 5), CHUNKS.get(1));
    assertRejected(() -> segment(RANGE, RANGE, AFTER, chunks), sentence);
  }

  @Test
  void chunksThatDoNotAddUpAreRejected() {
    assertRejected(
        () -> segment(RANGE, RANGE, AFTER, List.of(CHUNKS.get(0))),
        "segment 2 has 10 frames, but its chunks have 5");
  }

  @Test
  void theSeamOfOtherSegmentsIsRejected() {
    Seam other = new Seam(3, AFTER.range(), AFTER.margin(), 4);
    assertRejected(
        () -> segment(RANGE, RANGE, other, CHUNKS),
        "segment 2 has no part in the seam after segment 3");
  }

  @Test
  void aSeamBeyondItsMarginOrWithoutFramesIsRejected() {
    PtsRange margin = new PtsRange(11, 20);
    assertRejected(
        () -> new Seam(0, RANGE, margin, 4),
        "the margin of the seam after segment 0 is %s, which does not contain %s"
            .formatted(margin, RANGE));
    assertRejected(() -> new Seam(0, RANGE, RANGE, 0), "the seam after segment 0 has 0 frames");
    assertRejected(() -> new Seam(-1, RANGE, RANGE, 4), "the seam after segment -1 has 4 frames");
  }

  @Test
  void shotsAndChunksNeedANumberAndFrames() {
    assertRejected(() -> new Shot(-1, RANGE, 3), "shot -1 has 3 frames");
    assertRejected(() -> new Shot(1, RANGE, 0), "shot 1 has 0 frames");
    assertRejected(() -> new Chunk(-1, RANGE, 3), "chunk -1 has 3 frames");
    assertRejected(() -> new Chunk(1, RANGE, 0), "chunk 1 has 0 frames");
  }
}
