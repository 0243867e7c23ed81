package io.reverie.jobs.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.forecast.JobModel;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesForecastIT {

  private static final RunOptions OPTIONS =
      new RunOptions(false, false, true, false, "", Device.AUTO, 0);

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(new SparkConf().setAppName("test").setMaster("local[2]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void aKeptDreamCostsNoAscent() {
    ResolvedSpec settings =
        resolved("size=96x64", "octaves.count=2", "iterations=60", "strength=1");
    List<WorkItem> kept = items("one/lake.png");
    List<Outcome> dreamed =
        new ImagesJob(spark, settings, OPTIONS.with(KeptDreamUse.KEEP))
            .dream(kept, ItemListener.none());
    assertThat(dreamed).extracting(Outcome::status).containsExactly(Outcome.Status.DREAMED);

    ImagesJob weaker =
        new ImagesJob(
            spark,
            resolved("size=96x64", "octaves.count=2", "iterations=60", "strength=0.5"),
            OPTIONS.with(KeptDreamUse.USE));
    assertThat(ascent(weaker, kept)).isLessThan(ascent(weaker, items("other/lake.png")) / 2);
  }

  /** Seconds of the tasks; 120 steps take far longer than reading and writing such an image. */
  private static double ascent(ImagesJob job, List<WorkItem> items) {
    List<JobModel> told = new ArrayList<>();
    job.forecast(
        items,
        new RunListener() {
          @Override
          public void notice(String sentence) {
            throw new AssertionError(sentence);
          }

          @Override
          public void forecast(JobModel model, double seconds) {
            told.add(model);
          }
        });
    assertThat(told).hasSize(1);
    return told.get(0).stages().get(0).get(0);
  }

  private List<WorkItem> items(String name) {
    String output = folder.resolve(name).toString();
    return List.of(new WorkItem("../sample-data/lake.jpg", Location.of(output)));
  }

  private ResolvedSpec resolved(String... settings) {
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), List.of(settings));
    return new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
  }
}
