package io.reverie.jobs.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.jobs.forecast.Forecast.Estimate;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The arithmetic, with calibrations that are given. */
class ForecastTest {

  private static final double MIB = 0x1p20;
  private static final ProcessMemory LARGE = new ProcessMemory(1e12, 1e12);
  private static final MemoryNeed NEED = new MemoryNeed(100 * MIB, 300 * MIB);
  private static final FrameCost COST = new FrameCost(3, 10, 2, 0.5, 0.1, 1000, 5000);

  private static JobModel video(List<Integer> segments, List<Integer> seams, boolean remote) {
    int frames = segments.stream().mapToInt(Integer::intValue).sum();
    return new VideoModel(frames, segments, seams, 24, 1000).job(COST, 5, NEED, remote);
  }

  private static JobModel images(int count, double seconds) {
    return new JobModel(
        count,
        count,
        5,
        1,
        List.of(Collections.nCopies(count, seconds)),
        NEED,
        0,
        count * 1e6,
        count * 10L);
  }

  private static Estimate here(JobModel job, Cluster cluster) {
    return Forecast.of(job, cluster, List.of(), Prices.UNKNOWN, 1).estimates().get(0);
  }

  @Test
  void tasksStartWhereASlotIsFree() {
    assertThat(TaskPacking.secondsOf(List.of(5.0, 3.0, 1.0, 1.0, 4.0), 2)).isEqualTo(9);
    assertThat(TaskPacking.secondsOf(List.of(5.0, 3.0), 10)).isEqualTo(5);
    assertThat(TaskPacking.secondsOf(List.of(), 2)).isZero();
  }

  @Test
  void aVideoTakesItsStartItsSegmentsItsSeamsAndItsAssembly() {
    JobModel job = video(List.of(11, 11, 6), List.of(4, 4), false);
    double segments = Math.max(10 + 10 * 2, 10 + 10 * 2 + 0) + (10 + 5 * 2);
    double seams = 4 * 0.5;
    double assembly = 28 * 0.1;
    assertThat(here(job, new Cluster(1, 2, LARGE)).wallSeconds())
        .isCloseTo(5 + 3 + segments + seams + assembly, within(1e-9));
  }

  @Test
  void moreExecutorsShortenOnlyWhatRunsSideBySide() {
    JobModel job = images(100, 6);
    Forecast forecast =
        Forecast.of(job, new Cluster(1, 2, LARGE), List.of(5, 1000), Prices.UNKNOWN, 1);
    assertThat(forecast.estimates())
        .extracting(Estimate::wallSeconds)
        .containsExactly(6 + 300.0, 6 + 60.0, 6 + 6.0);
    assertThat(forecast.estimates()).extracting(Estimate::cores).containsExactly(2, 10, 2000);
    assertThat(forecast.estimates().get(1).coreHours()).isCloseTo(66 * 10 / 3600.0, within(1e-9));
  }

  @Test
  void tasksThatDoNotFitTheMemoryWaitForEachOther() {
    Cluster narrow = new Cluster(1, 8, new ProcessMemory(250 * MIB, 1e12));
    Estimate estimate = here(images(10, 6), narrow);
    assertThat(estimate.tasksAtOnce()).isEqualTo(2);
    assertThat(estimate.wallSeconds()).isCloseTo(6 + 30, within(1e-9));
    assertThat(estimate.memoryBytes()).isEqualTo((long) (2 * 400 * MIB));
  }

  @Test
  void pricesCountReservedCoresAndThousandsOfRequests() {
    Prices prices = new Prices(OptionalDouble.of(0.05), OptionalDouble.of(0.4));
    Forecast forecast =
        Forecast.of(images(100, 71.88), new Cluster(1, 2, LARGE), List.of(), prices, 1);
    // 3600 s on 2 cores, and 1000 requests.
    assertThat(forecast.estimates().get(0).money()).isCloseTo(0.1 + 0.4, within(1e-9));
  }

  @Test
  void theWorkFolderHoldsTheChunksBothSidesOfSeamsAndTheCheckpoints() {
    JobModel job = video(List.of(10, 10), List.of(2), false);
    assertThat(job.workBytes()).isEqualTo(20 * 1000 + 2 * 4 * 5000 + 2 * 44 * 1000);
    assertThat(job.resultBytes()).isEqualTo(20 * 1000);
    assertThat(job.requests()).isZero();
    assertThat(video(List.of(10, 10), List.of(2), true).requests()).isPositive();
  }

  @Test
  void videosBesideEachOtherShareTheExecutorsInEachStage() {
    JobModel one = video(List.of(11), List.of(), false);
    JobModel both = one.beside(one);
    Cluster cluster = new Cluster(1, 2, LARGE);
    assertThat(both.frames()).isEqualTo(22);
    assertThat(both.wall(cluster)).isCloseTo(one.wall(cluster), within(1e-9));
    assertThat(one.then(one).wall(cluster)).isCloseTo(8 + 2 * 31.1, within(1e-9));
  }

  @Test
  void aStillCostsByTheTrialOfTheNearestSize() {
    StillCost small = new StillCost(new StillCost.StillSize(1000, 2000), 1, 10, 1, 100);
    StillCost large = new StillCost(new StillCost.StillSize(100_000, 200_000), 1, 2000, 50, 900);
    StillCost between = StillCost.of(new StillCost.StillSize(2000, 4000), List.of(small, large));
    assertThat(between.steps()).isEqualTo(20);
    assertThat(between.rest()).isEqualTo(2);
    assertThat(
            StillCost.of(new StillCost.StillSize(50_000, 200_000), List.of(small, large)).steps())
        .isEqualTo(1000);
  }

  @Test
  void theTextIsAlignedAndNamesEachNumberOfExecutors() {
    Prices prices = new Prices(OptionalDouble.of(0.05), OptionalDouble.empty());
    Forecast forecast =
        Forecast.of(images(200, 6), new Cluster(1, 2, LARGE), List.of(4), prices, 12);
    assertThat(new ForecastText(forecast, prices).lines())
        .containsExactly(
            "Forecast for 200 frames in 200 tasks, measured in 12 s:",
            "  here         2 cores  10 min 06 s  0.34 core-hours  costs 0.0168",
            "  4 executors  8 cores  2 min 36 s   0.35 core-hours  costs 0.0173",
            "  memory       839 MB at the peak: 2 tasks at once, 419 MB each",
            "  disk         200 MB of results",
            "  requests     about 2000 to S3");
  }
}
