package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.kept.KeptDreams;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.report.FilmPlan;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.video.shot.Shots;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No step of a video is tried until Spark or the cluster's manager gives up the run. */
class VideoAttemptsIT {

  private static final String CLIP = "../video/src/test/media/clip.mp4";

  @TempDir private Path folder;

  /** Tells how a step ended; empty if it ended well. */
  private interface Step extends Supplier<String>, Serializable {}

  @Test
  void aVideoThatCrashesItsWorkerIsGivenUpAfterThreeAttempts() {
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), List.of("size=48x48"));
    SpecifiedItem item =
        new SpecifiedItem(
            new WorkItem(CLIP, Location.of(folder.resolve("out.mp4").toString())),
            new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network()));
    RunOptions options = new RunOptions(false, true, true, false, "", Device.AUTO, 0);
    VideoPlanner planner = new VideoPlanner(item, options, KeptDreams.NONE, 0);
    SparkConf conf = new SparkConf().setAppName("test").setMaster("local[1,8]");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      spark.setLogLevel("OFF");
      PlannedVideo video = VideoPlan.of(spark, options, List.of(item)).videos().get(0).video();
      Shots none = new Shots(List.of(), List.of());
      FilmPlan film = new FilmPlan("out.mp4", "48x48", 0, 1, 1, List.of());
      SegmentTrial trial = new SegmentTrial(options);
      List<Step> steps =
          List.of(
              () -> refusal(planner.read(ItemListener.none())),
              () -> refusal(planner.plan(video, none)),
              () -> VideoSteps.detect(video, 0).failure(),
              () -> trial.run(video, 0).failure(),
              () -> new FilmTask(video, film, List.of(), 16).run().why());
      for (Step step : steps) {
        assertThat(afterCrashes(spark, step)).startsWith("it ended 3 times with a JVM error");
      }
    }
  }

  private static String refusal(Planning planned) {
    return ((Planning.Refused) planned).sentence();
  }

  private static String afterCrashes(JavaSparkContext spark, Step step) {
    return spark
        .parallelize(List.of(1), 1)
        .map(
            each -> {
              if (TaskContext.get().attemptNumber() < 3) {
                throw new LinkageError("as if the process had died");
              }
              return step.get();
            })
        .first();
  }
}
