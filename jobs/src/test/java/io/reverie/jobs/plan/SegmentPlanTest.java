package io.reverie.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.FrameSequence;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Stills;
import io.reverie.video.VideoIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentPlanTest {

  @TempDir private Path folder;

  @Test
  void everyFrameOfTheRangeIsInExactlyOneSegmentAndNoneIsTooLong() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      VideoIndex index = index(1 + random.nextInt(200));
      int from = random.nextInt(index.count());
      int to = from + 1 + random.nextInt(index.count() - from);
      int longest = 1 + random.nextInt(50);
      PtsRange range = index.range(from, to);
      List<Segment> plan = SegmentPlan.of(index, range, longest);
      List<Long> covered = new ArrayList<>();
      for (Segment segment : plan) {
        assertThat(segment.frames()).isBetween(1, longest);
        assertThat(index.count(segment.range())).isEqualTo(segment.frames());
        for (long time : index.times()) {
          if (segment.range().contains(time)) {
            covered.add(time);
          }
        }
      }
      List<Long> wanted = new ArrayList<>();
      for (int i = from; i < to; i++) {
        wanted.add(index.times()[i]);
      }
      assertThat(covered).isEqualTo(wanted);
    }
  }

  @Test
  void theFirstSegmentBeginsBeforeAllTimeAndTheLastNeverEnds() throws IOException {
    VideoIndex index = index(50);
    List<Segment> plan = SegmentPlan.of(index, PtsRange.ALL, 24);
    assertThat(plan).hasSize(3);
    assertThat(plan.get(0).range().from()).isEqualTo(Long.MIN_VALUE);
    assertThat(plan.get(2).range().to()).isEqualTo(Long.MAX_VALUE);
  }

  private VideoIndex index(int frames) throws IOException {
    Frame frame = new Frame(2, 2, new float[12], Optional.empty(), 0, false);
    Path file = folder.resolve("f.png");
    Files.write(file, Stills.encode(frame, "f.png", 8, 90));
    List<MediaSource> stills = Collections.nCopies(frames, MediaSource.of(file));
    return new FrameSequence("test", stills, new Rational(24, 1)).index();
  }
}
