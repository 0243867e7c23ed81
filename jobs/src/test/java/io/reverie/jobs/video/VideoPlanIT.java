package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoPlanIT {

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  private Path clip;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(new SparkConf().setAppName("test").setMaster("local[2]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void copyTheClip() throws IOException {
    clip = Files.copy(Path.of("../video/src/test/media/clip.mp4"), folder.resolve("clip.mp4"));
  }

  @Test
  void theSameRunFindsItsWorkFolderAgain() throws IOException {
    assertThat(item("out.mp4").work()).isEqualTo(item("out.mp4").work());
  }

  @Test
  void eachInputSettingAndOutputHasItsOwnWorkFolder() throws IOException {
    VideoWork work = item("out.mp4").work();
    assertThat(item("other.mp4").work()).isNotEqualTo(work);
    assertThat(item("out.mkv").work()).isNotEqualTo(work);
    assertThat(item("out.mp4", "step=2").work()).isNotEqualTo(work);
    assertThat(item("out.mp4", "video.chunk=30").work()).isNotEqualTo(work);
    assertThat(item("out.mp4", "video.quality=30").work()).isNotEqualTo(work);
    Files.setLastModifiedTime(clip, FileTime.fromMillis(1));
    assertThat(item("out.mp4").work()).isNotEqualTo(work);
  }

  @Test
  void workFoldersAreBesideTheResultOrWhereTheUserWants() throws IOException {
    assertThat(item("out.mp4").work().folder().folder().text())
        .startsWith(folder + "/.reverie/work/out.mp4-");
    RunOptions options = new RunOptions(false, false, true, false, "hdfs://name/w", Device.AUTO, 0);
    assertThat(WorkFolder.of(Location.of("out.mp4"), "key", options).folder().text())
        .isEqualTo("hdfs://name/w/out.mp4-key");
  }

  @Test
  void aFaultOfTheStoreFailsTheVideoButNotTheDryRun() throws IOException {
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    assertThat(plan(loop.toString(), "out.mp4").outcomes())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.status()).isEqualTo(Outcome.Status.FAILED);
              assertThat(outcome.message()).contains(loop.toString());
            });
  }

  private PlannedVideo item(String output, String... settings) throws IOException {
    return plan("", output, settings).videos().get(0).video();
  }

  private VideoPlan plan(String work, String output, String... settings) {
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), List.of(settings));
    ResolvedSpec resolved =
        new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
    RunOptions options = new RunOptions(false, true, true, false, work, Device.AUTO, 0);
    WorkItem workItem =
        new WorkItem(clip.toString(), Location.of(folder.resolve(output).toString()));
    return VideoPlan.of(spark, options, List.of(new SpecifiedItem(workItem, resolved)));
  }
}
