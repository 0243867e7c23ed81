package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.dream.lockstep.Lockstep.Statistics;
import io.reverie.jobs.images.ImagesJob;
import io.reverie.jobs.network.Locksteps;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.run.BatchSize;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.VideoJob;
import io.reverie.video.Frame;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of one device pass the network in batches, and dream what they dream alone. */
class LockstepIT {

  private static final String MEDIA = "../video/src/test/media/";

  /**
   * Mean difference in grey levels, of dreams of a few steps. What a batch changes is the rounding
   * of a gradient.
   */
  private static final double TOLERANCE = 0.05;

  /** A carried frame adds its rounding to that of the frame before. */
  private static final double CARRIED = 0.5;

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(new SparkConf().setAppName("test").setMaster("local[4,4]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void imagesOfABatchAreDreamedAsAlone(int batch) throws IOException {
    Path mask = mask();
    ResolvedSpec resolved =
        resolved("size=120x80", "octaves.count=3", "iterations=4", "mask.file=" + mask);
    assertSameImages(resolved, batch, true);
  }

  /** Tiles, and images that are scaled or rotated, pass alone. */
  @ParameterizedTest
  @ValueSource(strings = {"tile=64", "robustness.rotate=5"})
  void imagesThatCannotShareAPassAreDreamedAsAlone(String setting) throws IOException {
    assertSameImages(resolved("size=120x80", "octaves.count=1", "iterations=2", setting), 4, false);
  }

  private void assertSameImages(ResolvedSpec resolved, int batch, boolean shared)
      throws IOException {
    Path alone = folder.resolve("alone");
    Path together = folder.resolve("together");
    List<String> pictures = List.of(MEDIA + "clouds.png", MEDIA + "forest.jpg", MEDIA + "lake.jpg");
    assertDreamed(
        new ImagesJob(spark, resolved, options(BatchSize.ALONE)).run(pictures, alone + "/"));
    Statistics before = statistics(batch);
    assertDreamed(
        new ImagesJob(spark, resolved, options(new BatchSize(batch)))
            .run(pictures, together + "/"));
    assertShared(before, statistics(batch), shared);
    for (String name : List.of("clouds.png", "forest.jpg", "lake.jpg")) {
      float[] expected = Videos.still(alone.resolve(name));
      assertThat(difference(Videos.still(together.resolve(name)), expected))
          .as(name)
          .isLessThan(TOLERANCE);
    }
    assertThat(Files.readString(together.resolve("lake.jpg.json"))).contains("cpu in batches");
    assertThat(Files.readString(alone.resolve("lake.jpg.json"))).doesNotContain("in batches");
  }

  /**
   * Segments that begin at different moments of a schedule, with masks, carried frames and
   * in-betweens.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void segmentsOfABatchAreDreamedAsAlone(int batch) throws IOException {
    ResolvedSpec resolved =
        clip(
            "mask.file=" + mask(),
            "step=[{time: 0, value: 1}, {time: 1, value: 2}]",
            "video.segment=10",
            "video.overlap=2");
    Path alone = folder.resolve("alone.mkv");
    assertDreamed(video(resolved, BatchSize.ALONE, alone));
    Statistics before = statistics(batch);
    Path together = folder.resolve("together.mkv");
    assertDreamed(video(resolved, new BatchSize(batch), together));
    assertShared(before, statistics(batch), true);
    assertSameFrames(together, alone);
  }

  @Test
  void aRunThatWasCancelledInTheMiddleResumes() throws IOException {
    ResolvedSpec resolved =
        clip("video.segment=8", "video.overlap=2", "video.chunk=3", "video.inbetween=2");
    Path alone = folder.resolve("alone.mkv");
    assertDreamed(video(resolved, BatchSize.ALONE, alone));
    Path together = folder.resolve("together.mkv");
    Cancelling cancelling = new Cancelling();
    spark.sc().addSparkListener(cancelling);
    try {
      assertThatThrownBy(() -> video(resolved, new BatchSize(4), together))
          .isInstanceOf(SparkException.class);
    } finally {
      spark.sc().removeSparkListener(cancelling);
    }
    assertThat(together).doesNotExist();
    assertDreamed(video(resolved, new BatchSize(4), together));
    assertSameFrames(together, alone);
    assertThat(statistics(4).waiting()).isZero();
  }

  /** Cancels the job that dreams as soon as one of its tasks ends. */
  private static final class Cancelling extends SparkListener {

    private OptionalInt dreaming = OptionalInt.empty();

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      if (stage.stageInfo().numTasks() >= 4) {
        dreaming = OptionalInt.of(stage.stageInfo().stageId());
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (dreaming.equals(OptionalInt.of(task.stageId()))) {
        dreaming = OptionalInt.empty();
        spark.sc().cancelAllJobs();
      }
    }
  }

  private static Statistics statistics(int batch) {
    return Locksteps.of("cpu", new BatchSize(batch)).statistics();
  }

  private static void assertShared(Statistics before, Statistics after, boolean shared) {
    long passes = after.passes() - before.passes();
    long images = after.images() - before.images();
    assertThat(passes).isPositive();
    if (shared) {
      assertThat(images).isGreaterThan(passes);
    } else {
      assertThat(images).isEqualTo(passes);
    }
  }

  private static void assertDreamed(List<Outcome> outcomes) {
    assertThat(outcomes)
        .isNotEmpty()
        .extracting(Outcome::status)
        .containsOnly(Outcome.Status.DREAMED);
  }

  private static void assertSameFrames(Path one, Path other) {
    List<Frame> frames = Videos.frames(one);
    List<Frame> others = Videos.frames(other);
    assertThat(frames).hasSize(36).hasSameSizeAs(others);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(difference(frames.get(i).rgb(), others.get(i).rgb()))
          .as("frame %d", i)
          .isLessThan(CARRIED);
    }
  }

  private static double difference(float[] one, float[] other) {
    assertThat(one).hasSameSizeAs(other);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - other[i]);
    }
    return sum / one.length;
  }

  /** White on the right. */
  private Path mask() throws IOException {
    float[] rgb = new float[96 * 54 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i / 3 % 96 < 40 ? 0 : 255;
    }
    Path file = folder.resolve("mask.png");
    Frame mask = new Frame(96, 54, rgb, Optional.empty(), 0, false);
    return Files.write(file, Stills.encode(mask, "mask.png", 8, 90));
  }

  private ResolvedSpec clip(String... more) {
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("size=96x54", "octaves.count=2", "iterations=3", "video.codec=ffv1"));
    settings.addAll(List.of(more));
    return resolved(settings.toArray(String[]::new));
  }

  private ResolvedSpec resolved(String... settings) {
    // Adam's steps do not depend on a gradient's size, so where it is zero they follow the
    // rounding.
    List<String> all = new ArrayList<>(List.of("parameterisation=pixels"));
    all.addAll(Arrays.asList(settings));
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), all);
    return new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
  }

  private static RunOptions options(BatchSize batch) {
    return new RunOptions(false, false, true, false, "", Device.CPU, 0).with(batch);
  }

  private static List<Outcome> video(ResolvedSpec resolved, BatchSize batch, Path out)
      throws IOException {
    return new VideoJob(spark, resolved, options(batch))
        .dream(
            List.of(new WorkItem(MEDIA + "clip.mp4", Location.of(out.toString()))),
            ItemListener.none());
  }
}
