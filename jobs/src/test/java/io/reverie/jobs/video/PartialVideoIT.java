package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.MeasureDigest;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.record.SegmentEnd;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoWork;
import io.reverie.video.MediaSource;
import io.reverie.video.decode.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beginning of a video of two segments and a seam, whose work folder is kept. */
class PartialVideoIT {

  private static final String CLIP = "../video/src/test/media/clip.mp4";

  private static final int FRAMES = 36;

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  private Path partial;
  private PlannedVideo video;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(new SparkConf().setAppName("test").setMaster("local[2,4]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void dream() throws IOException {
    List<String> settings =
        List.of(
            "size=48x48",
            "octaves.count=1",
            "iterations=1",
            "video.codec=ffv1",
            "video.segment=20",
            "video.overlap=4");
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), settings);
    ResolvedSpec resolved =
        new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
    WorkItem item = new WorkItem(CLIP, Location.of(folder.resolve("out.mkv").toString()));
    List<Outcome> outcomes =
        new VideoJob(spark, resolved, options(false)).dream(List.of(item), ItemListener.none());
    assertThat(outcomes.get(0).message()).isEmpty();
    video =
        VideoPlan.of(spark, options(true), List.of(new SpecifiedItem(item, resolved)))
            .videos()
            .get(0)
            .video();
    partial = folder.resolve("out.partial.mkv");
  }

  private static RunOptions options(boolean dryRun) {
    return new RunOptions(dryRun, dryRun, true, true, "", Device.AUTO, 20);
  }

  private Path record(String name) {
    return Path.of(video.work().file(name + ".json").text());
  }

  private void end(PartialVideo watched, int... segments) throws IOException {
    for (int segment : segments) {
      SegmentResult result = video.work().required(false, segment);
      watched.ended(SegmentEnd.of(result, MeasureDigest.NONE));
    }
  }

  private int frames() {
    return new VideoFile(MediaSource.of(partial)).index().count();
  }

  @Test
  void seamsAreLeftToTasks() throws IOException {
    Files.delete(record(VideoWork.seam(0)));
    List<Integer> asked = new ArrayList<>();
    PartialVideo watched =
        new PartialVideo(
            video,
            LiveReport.none(),
            before -> {
              asked.addAll(before);
              return false;
            });
    end(watched, 0);
    assertThat(watched.renewOnce()).isTrue();
    int first = frames();
    assertThat(first).isBetween(1, FRAMES - 1);
    assertThat(asked).isEmpty();
    end(watched, 1);
    assertThat(watched.renewOnce()).as("a seam that cannot be faded is not tried again").isFalse();
    assertThat(asked).containsExactly(0);
    assertThat(record(VideoWork.seam(0))).doesNotExist();
    assertThat(frames()).isEqualTo(first);
  }

  @Test
  void aRenewalThatFailsAddsNothingTwice() throws IOException {
    PartialVideo watched = new PartialVideo(video, LiveReport.none(), before -> true);
    end(watched, 0, 1);
    Path record = record("segment-000001");
    Path elsewhere = Files.move(record, folder.resolve("elsewhere"));
    assertThat(watched.renewOnce()).isTrue();
    assertThat(partial).doesNotExist();
    Files.move(elsewhere, record);
    assertThat(watched.renewOnce()).isTrue();
    assertThat(frames()).isEqualTo(FRAMES);
  }
}
