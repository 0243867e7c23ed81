package io.reverie.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.FrameSequence;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentPlanTest {

  private static final int ROUNDS = 250;

  @TempDir private static Path folder;

  private static VideoIndex still;

  @BeforeAll
  static void writeAStill() throws IOException {
    Frame frame = new Frame(2, 2, new float[12], Optional.empty(), 0, false);
    Path file = folder.resolve("f.png");
    Files.write(file, Stills.encode(frame, "f.png", 8, 90));
    still = new FrameSequence("test", List.of(MediaSource.of(file)), new Rational(24, 1)).index();
  }

  /**
   * A random plan.
   *
   * @param from position of the first frame to dream
   * @param to position after the last one
   */
  private record Round(
      VideoIndex index, int from, int to, List<Long> cuts, int longest, int overlap) {

    static Round of(Random random) {
      VideoIndex index = film(1 + random.nextInt(200), random);
      int from = random.nextInt(3) == 0 ? 0 : random.nextInt(index.count());
      int to =
          random.nextInt(3) == 0 ? index.count() : from + 1 + random.nextInt(index.count() - from);
      int overlap = random.nextInt(9);
      int longest = Math.max(1, 3 * overlap + (overlap > 0 ? 2 : 0) + random.nextInt(60));
      List<Long> cuts = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        int at = random.nextInt(index.count());
        cuts.add(index.times()[at]);
      }
      return new Round(index, from, to, cuts, longest, overlap);
    }

    SegmentPlan plan() {
      return SegmentPlan.of(index, range(), cuts, longest, overlap, CHUNK);
    }

    PtsRange range() {
      return index.range(from, to);
    }

    List<Long> times(PtsRange within) {
      return Arrays.stream(index.times()).filter(within::contains).boxed().toList();
    }

    List<Long> cutsWithin() {
      return new TreeSet<>(cuts)
          .stream()
              .filter(
                  c -> c > index.times()[from] && (to == index.count() || c < index.times()[to]))
              .toList();
    }
  }

  private static final int CHUNK = 7;

  private static void everyRound(Consumer<Round> check) {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      check.accept(Round.of(random));
    }
  }

  @Test
  void everyFrameOfTheRangeIsInOneBodyOrInOneSeam() {
    everyRound(
        round -> {
          SegmentPlan plan = round.plan();
          List<Long> covered =
              Stream.concat(
                      plan.segments().stream().map(Segment::body),
                      plan.seams().stream().map(Seam::range))
                  .flatMap(range -> round.times(range).stream())
                  .sorted()
                  .toList();
          assertThat(covered).as("%s", round).isEqualTo(round.times(round.range()));
        });
  }

  @Test
  void theChunksOfASegmentCoverItsFramesInOrder() {
    everyRound(
        round -> {
          for (Segment segment : round.plan().segments()) {
            List<Long> times = new ArrayList<>();
            for (Chunk chunk : segment.chunks()) {
              assertThat(chunk.number()).isEqualTo(segment.chunks().indexOf(chunk));
              assertThat(chunk.frames()).isBetween(1, CHUNK);
              assertThat(round.times(chunk.range())).hasSize(chunk.frames());
              times.addAll(round.times(chunk.range()));
            }
            assertThat(times).as("%s", round).isEqualTo(round.times(segment.range()));
          }
        });
  }

  @Test
  void aSegmentConsistsOfItsBodyAndTheSeamsAtItsEnds() {
    everyRound(
        round -> {
          SegmentPlan plan = round.plan();
          for (Segment segment : plan.segments()) {
            List<Long> parts = new ArrayList<>(round.times(segment.body()));
            for (Seam seam : segment.seams()) {
              assertThat(seam.before()).isBetween(segment.number() - 1, segment.number());
              parts.addAll(round.times(seam.range()));
            }
            parts.sort(null);
            assertThat(round.times(segment.range())).as("%s", round).isEqualTo(parts);
            assertThat(segment.frames()).isEqualTo(parts.size());
          }
          for (Seam seam : plan.seams()) {
            assertThat(plan.segments().get(seam.before()).seams()).contains(seam);
            assertThat(plan.segments().get(seam.before() + 1).seams()).contains(seam);
          }
        });
  }

  @Test
  void noSegmentIsTooLongAndNoneOfASplitShotTooShort() {
    everyRound(
        round -> {
          for (Segment segment : round.plan().segments()) {
            boolean split = segment.frames() < segment.shot().frames();
            int least = split ? 2 * round.overlap() + 1 : 1;
            assertThat(segment.frames()).as("%s", round).isBetween(least, round.longest());
            assertThat(split).isEqualTo(segment.shot().frames() > round.longest());
          }
        });
  }

  @Test
  void everyCutWithinTheRangeBeginsAShotAndNothingElseDoes() {
    everyRound(
        round -> {
          List<Long> begins = new ArrayList<>(round.cutsWithin());
          begins.add(0, round.index().times()[round.from()]);
          SegmentPlan plan = round.plan();
          assertThat(plan.shots())
              .as("%s", round)
              .extracting(shot -> round.times(shot.range()).get(0))
              .isEqualTo(begins);
          assertThat(plan.shots()).extracting(Shot::number).isEqualTo(upTo(begins.size()));
          for (Shot shot : plan.shots()) {
            assertThat(shot.frames()).isEqualTo(round.times(shot.range()).size());
          }
        });
  }

  @Test
  void aSegmentNeverCrossesACut() {
    everyRound(
        round -> {
          SegmentPlan plan = round.plan();
          for (Segment segment : plan.segments()) {
            assertThat(plan.shots()).contains(segment.shot());
            assertThat(round.times(segment.shot().range()))
                .as("%s", round)
                .containsAll(round.times(segment.range()));
          }
          for (Seam seam : plan.seams()) {
            assertThat(plan.segments().get(seam.before()).shot())
                .isEqualTo(plan.segments().get(seam.before() + 1).shot());
          }
        });
  }

  @Test
  void theMarginOfASeamHasOneMoreFrameOnEachSide() {
    everyRound(
        round -> {
          for (Seam seam : round.plan().seams()) {
            List<Long> margin = round.times(seam.margin());
            assertThat(seam.frames()).isEqualTo(round.overlap());
            assertThat(margin).as("%s", round).hasSize(seam.frames() + 2);
            assertThat(margin.subList(1, margin.size() - 1)).isEqualTo(round.times(seam.range()));
          }
        });
  }

  @Test
  void theCountsOfSegmentsAddUpToTheFramesOfTheRange() {
    everyRound(
        round -> {
          List<Segment> segments = round.plan().segments();
          assertThat(segments.stream().mapToInt(Segment::counted).sum())
              .as("%s", round)
              .isEqualTo(round.to() - round.from());
          for (Segment segment : segments) {
            assertThat(round.times(segment.range()).stream().filter(segment::counts))
                .as("%s", round)
                .hasSize(segment.counted());
          }
        });
  }

  @Test
  void segmentsAreNumberedInTheOrderOfTheirTimes() {
    everyRound(
        round -> {
          List<Segment> segments = round.plan().segments();
          assertThat(segments).extracting(Segment::number).isEqualTo(upTo(segments.size()));
          assertThat(segments).extracting(s -> round.times(s.body()).get(0)).isSorted();
          assertThat(round.plan().seams()).extracting(Seam::before).isSorted();
        });
  }

  @Test
  void withoutAnOverlapThereIsNoSeamAndCutsOutsideTheRangeDoNotMatter() {
    Random random = new Random(2);
    VideoIndex index = film(100, random);
    PtsRange range = index.range(20, 80);
    SegmentPlan plan = SegmentPlan.of(index, range, List.of(), 24, 0, CHUNK);
    assertThat(plan.seams()).isEmpty();
    assertThat(plan.segments()).extracting(Segment::frames).containsExactly(20, 20, 20);
    List<Long> outside =
        List.of(index.times()[3], index.times()[20], index.times()[80], index.times()[99]);
    assertThat(SegmentPlan.of(index, range, outside, 24, 0, CHUNK)).isEqualTo(plan);
  }

  @Test
  void theFirstSegmentBeginsBeforeAllTimeAndTheLastNeverEnds() {
    for (int overlap : new int[] {0, 4}) {
      VideoIndex index = film(50, new Random(3));
      SegmentPlan plan = SegmentPlan.of(index, PtsRange.ALL, List.of(), 24, overlap, CHUNK);
      assertThat(plan.segments()).hasSize(3);
      assertThat(plan.segments().get(0).range().from()).isEqualTo(Long.MIN_VALUE);
      assertThat(plan.segments().get(0).body().from()).isEqualTo(Long.MIN_VALUE);
      assertThat(plan.segments().get(2).range().to()).isEqualTo(Long.MAX_VALUE);
      assertThat(plan.segments().get(2).body().to()).isEqualTo(Long.MAX_VALUE);
      assertThat(index.times()).contains(plan.segments().get(1).range().from());
    }
  }

  @Test
  void segmentsThatCannotHoldTheirSeamsAreRefused() {
    VideoIndex index = film(50, new Random(4));
    assertThatThrownBy(() -> SegmentPlan.of(index, PtsRange.ALL, List.of(), 13, 4, CHUNK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("segments of 13 frames cannot share 4");
    assertThat(SegmentPlan.of(index, PtsRange.ALL, List.of(), 14, 4, CHUNK).segments()).hasSize(5);
  }

  private static List<Integer> upTo(int end) {
    return Stream.iterate(0, i -> i + 1).limit(end).toList();
  }

  /** Frames at irregular times, which may start below 0. */
  private static VideoIndex film(int frames, Random random) {
    long[] times = new long[frames];
    long time = random.nextLong(-1000, 1000);
    for (int i = 0; i < frames; i++) {
      times[i] = time;
      time += 1 + random.nextInt(3) * 500L;
    }
    return new VideoIndex(
        0,
        "stills",
        still.timeBase(),
        still.rate(),
        still.size(),
        still.orientation(),
        8,
        false,
        false,
        still.colour(),
        false,
        0,
        times,
        still.entries(),
        still.playback());
  }
}
