package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are interrupted, and runs that resume from what those left. */
class ResumeIT {

  private static final String CLIP = "../video/src/test/media/clip.mp4";

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = new JavaSparkContext(new SparkConf().setAppName("test").setMaster("local[2,4]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"segment-000001.checkpoint", "segment-000000.json"})
  void aRunResumesWithTheFramesOfAnUninterruptedOne(String last) throws IOException {
    assertResumes(resolved(), last);
  }

  /** The mask is drawn for a frame at which no task starts, so it has to be tracked again. */
  @Test
  void aTrackedMaskIsTheSameAfterACheckpoint() throws IOException {
    float[] rgb = new float[96 * 54 * 3];
    Arrays.fill(rgb, rgb.length / 2, rgb.length, 255);
    Frame mask = new Frame(96, 54, rgb, Optional.empty(), 0, false);
    Files.write(folder.resolve("m03.png"), Stills.encode(mask, "m03.png", 8, 90));
    assertResumes(
        resolved("mask.file=" + folder.resolve("m%02d.png")), "segment-000001.checkpoint");
  }

  /** All segments are lossless pieces, from which one task makes palettes and the file. */
  @ParameterizedTest
  @ValueSource(strings = {"out.gif", "out.webp", "out.apng"})
  void aResumedAnimationHasTheSameBytes(String name) throws IOException {
    ResolvedSpec resolved = resolved("video.codec=auto");
    Path uninterrupted = folder.resolve("whole").resolve(name);
    assertDreamed(run(resolved, uninterrupted, false));
    Path out = folder.resolve("cut").resolve(name);
    Path work = work(resolved, out);
    assertThatThrownBy(() -> runUntil(resolved, out, work, "segment-000000.json"))
        .isInstanceOf(SparkException.class);
    assertThat(out).doesNotExist();
    Map<String, FileTime> left = chunks(work);
    assertThat(left).isNotEmpty();

    assertDreamed(run(resolved, out, true));
    assertThat(chunks(work)).as("nothing is done twice").containsAllEntriesOf(left);
    assertThat(out).hasSameBinaryContentAs(uninterrupted);
  }

  private void assertResumes(ResolvedSpec resolved, String last) throws IOException {
    Path uninterrupted = folder.resolve("whole/out.mkv");
    assertDreamed(run(resolved, uninterrupted, false));
    Path out = folder.resolve("cut/out.mkv");
    Path work = work(resolved, out);
    assertThatThrownBy(() -> runUntil(resolved, out, work, last))
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("cancelled");
    Map<String, FileTime> left = chunks(work);
    assertThat(left).isNotEmpty();
    assertThat(out).doesNotExist();

    assertDreamed(run(resolved, out, true));
    assertThat(hashes(out)).hasSize(36).isEqualTo(hashes(uninterrupted));
    assertThat(chunks(work)).as("nothing is done twice").containsAllEntriesOf(left);
    assertThat(manifestNotes(out)).isEqualTo(manifestNotes(uninterrupted));
  }

  @Test
  void anInterruptedRunOfAKeptDreamResumes() throws IOException {
    RunOptions keeping = options(false, false).with(KeptDreamUse.KEEP);
    new VideoJob(spark, resolved(), keeping)
        .dream(items(folder.resolve("cut/one.mkv")), ItemListener.none());
    ResolvedSpec half = resolved("strength=0.5");
    Path uninterrupted = folder.resolve("whole/out.mkv");
    assertDreamed(run(half, uninterrupted, false));
    Path out = folder.resolve("cut/out.mkv");
    Path work = work(half, out);
    assertThatThrownBy(() -> runUntil(half, out, work, "segment-000000.json"))
        .isInstanceOf(SparkException.class);
    Map<String, FileTime> left = chunks(work);
    assertThat(left).containsKey("segment-000000");

    assertDreamed(run(half, out, true));
    assertThat(chunks(work)).as("nothing is done twice").containsAllEntriesOf(left);
    assertThat(hashes(out)).isEqualTo(hashes(uninterrupted));
    assertThat(manifestNotes(out)).isEqualTo(manifestNotes(uninterrupted));
    assertThat(Files.readString(out.resolveSibling("out.mkv.json"))).contains("\"ascent\" : 0.0");
  }

  @Test
  void aLostResultIsReassembledFromKeptWork() throws IOException {
    ResolvedSpec resolved = resolved();
    Path out = folder.resolve("out.mkv");
    run(resolved, out, true);
    List<Integer> frames = hashes(out);
    Map<String, FileTime> work = files(work(resolved, out));
    Files.delete(out);
    run(resolved, out, true);
    assertThat(hashes(out)).isEqualTo(frames);
    assertThat(files(work(resolved, out))).isEqualTo(work);
    assertThat(work.keySet()).contains("seam-000000", "segment-000001.json", "shots.json");
  }

  @Test
  void damagedWorkIsRepeated() throws IOException {
    ResolvedSpec resolved = resolved();
    Path out = folder.resolve("out.mkv");
    run(resolved, out, true);
    List<Integer> frames = hashes(out);
    Path work = work(resolved, out);
    Files.write(work.resolve("segment-000000.json"), new byte[0]);
    Files.delete(work.resolve("segment-000001.json"));
    Files.write(work.resolve("segment-000001.checkpoint"), new byte[] {0, 0, 0, 1, 0, 0});
    Files.writeString(work.resolve("shots.json"), "{\"cuts\"");
    Files.delete(out);
    assertDreamed(run(resolved, out, false));
    assertThat(hashes(out)).isEqualTo(frames);
  }

  @Test
  void theWorkFolderIsDeletedOnceTheResultExists() throws IOException {
    Path out = folder.resolve("out.mkv");
    run(resolved(), out, false);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("out.mkv", "out.mkv.json", "cache");
    }
  }

  @Test
  void aRunKeepsTheResultOfAFasterOne() throws IOException {
    ResolvedSpec resolved = resolved();
    Path out = folder.resolve("out.mkv");
    RunOptions options = options(false, false);
    VideoAssembly late =
        new VideoAssembly(
            planned(resolved, out), options, "its file is failed", ItemListener.none(), 0);
    assertThat(late.run().status()).isEqualTo(Outcome.Status.FAILED);
    new VideoJob(spark, resolved, options).dream(items(out), ItemListener.none());
    assertThat(late.run().status()).isEqualTo(Outcome.Status.KEPT);
  }

  /** The sidecar is written first: if publishing the video fails, it is next to an older one. */
  @ParameterizedTest
  @ValueSource(strings = {"out.mkv", "%02d.png"})
  void anEarlierResultBesideTheSidecarOfThisOneIsNotThisOne(String name) throws IOException {
    Path out = folder.resolve("results").resolve(name);
    Path file = out.resolveSibling(name.replace("%02d", "01"));
    run(resolved("video.codec=auto"), out, false);
    byte[] earlier = Files.readAllBytes(file);
    ResolvedSpec resolved = resolved("video.codec=auto", "strength=0.5");
    RunOptions options = new RunOptions(true, false, true, false, "", Device.AUTO, 0);
    new VideoJob(spark, resolved, options).dream(items(out), ItemListener.none());
    byte[] own = Files.readAllBytes(file);
    VideoAssembly late =
        new VideoAssembly(
            planned(resolved, out), options, "its upload failed", ItemListener.none(), 0);

    assertThat(late.run().status()).isEqualTo(Outcome.Status.KEPT);
    Files.write(file, earlier);
    assertThat(late.run().status()).isEqualTo(Outcome.Status.FAILED);
    Files.write(file, own);
    assertThat(late.run().status()).isEqualTo(Outcome.Status.KEPT);
  }

  private static final Queue<String> ENDS = new ConcurrentLinkedQueue<>();
  private static final CountDownLatch KILLED = new CountDownLatch(1);

  /** An interrupt may be why it failed. */
  @Test
  void aKilledAssemblyDeletesNothingAndHasNoOutcome() throws Exception {
    PlannedVideo video = planned(resolved(), folder.resolve("out.mkv"));
    Path work = Files.createDirectories(video.work().folder().folder().path());
    VideoAssembly assembly =
        new VideoAssembly(
            video, options(false, false), "its file is closed", ItemListener.none(), 0);
    assertThatThrownBy(
            () -> Tasks.run(spark, "Test", List.of(0), n -> killed(assembly), result -> {}))
        .hasMessageContaining("cancelled");
    KILLED.await();
    assertThat(ENDS).containsExactly(TaskKilledException.class.getName());
    assertThat(work).exists();
  }

  private static int killed(VideoAssembly assembly) {
    spark.sc().cancelAllJobs();
    while (!TaskContext.get().isInterrupted()) {
      Thread.onSpinWait();
    }
    try {
      ENDS.add(assembly.run().toString());
    } catch (TaskKilledException e) {
      ENDS.add(e.getClass().getName());
    } finally {
      KILLED.countDown();
    }
    return 0;
  }

  private static void assertDreamed(List<Outcome> outcomes) {
    assertThat(outcomes).extracting(Outcome::status).containsExactly(Outcome.Status.DREAMED);
  }

  private ResolvedSpec resolved(String... more) {
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("size=96x54", "octaves.count=2", "iterations=4", "video.codec=ffv1"));
    settings.addAll(List.of(more));
    settings.addAll(List.of("video.segment=20", "video.overlap=4", "video.chunk=6"));
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), settings);
    return new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
  }

  private static RunOptions options(boolean dryRun, boolean keepWork) {
    return new RunOptions(false, dryRun, true, keepWork, "", Device.AUTO, 0);
  }

  private static List<WorkItem> items(Path out) {
    return List.of(new WorkItem(CLIP, Location.of(out.toString())));
  }

  private static List<Outcome> run(ResolvedSpec resolved, Path out, boolean keepWork)
      throws IOException {
    return new VideoJob(spark, resolved, options(false, keepWork))
        .dream(items(out), ItemListener.none());
  }

  private static Path work(ResolvedSpec resolved, Path out) {
    return planned(resolved, out).work().folder().folder().path();
  }

  private static PlannedVideo planned(ResolvedSpec resolved, Path out) {
    RunOptions dry = new RunOptions(true, true, true, false, "", Device.AUTO, 0);
    return VideoPlan.of(spark, dry, SpecifiedItem.of(items(out), resolved)).videos().get(0).video();
  }

  /** Cancels the run as soon as a file exists. */
  private static void runUntil(ResolvedSpec resolved, Path out, Path work, String last)
      throws IOException {
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      Files.createDirectories(work).register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Cancelling cancelling = new Cancelling();
      spark.sc().addSparkListener(cancelling);
      Thread watcher = new Thread(() -> stopAt(watch, last, cancelling), "watcher");
      watcher.start();
      try {
        new VideoJob(spark, resolved, options(false, false)).dream(items(out), ItemListener.none());
      } finally {
        watcher.interrupt();
        join(watcher);
        spark.sc().removeSparkListener(cancelling);
      }
    }
  }

  private static void stopAt(WatchService watch, String last, Cancelling cancelling) {
    try {
      while (true) {
        WatchKey key = watch.take();
        if (key.pollEvents().stream().anyMatch(e -> e.context().toString().equals(last))) {
          cancelling.activate();
          return;
        }
        key.reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread watcher) {
    try {
      watcher.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Once active, cancels the running job and every later one. */
  private static final class Cancelling extends SparkListener {

    private volatile boolean active;

    void activate() {
      active = true;
      spark.sc().cancelAllJobs();
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      if (active) {
        spark.sc().cancelJob(start.jobId());
      }
    }
  }

  /** Modification times of the first chunk of each segment that has a checkpoint or a result. */
  private static Map<String, FileTime> chunks(Path work) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    for (int segment = 0; segment < 3; segment++) {
      String name = "segment-%06d".formatted(segment);
      Path first = work.resolve(name + "-000");
      boolean further =
          Files.exists(work.resolve(name + ".checkpoint"))
              || Files.exists(work.resolve(name + ".json"));
      if (further && Files.exists(first)) {
        times.put(name, Files.getLastModifiedTime(first));
      }
    }
    return times;
  }

  private static Map<String, FileTime> files(Path work) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.list(work)) {
      for (Path file : files.toList()) {
        times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private static String manifestNotes(Path out) throws IOException {
    String json = Files.readString(out.resolveSibling("out.mkv.json"));
    return json.substring(json.indexOf("\"perFrame\""));
  }

  private static List<Integer> hashes(Path video) {
    List<Integer> hashes = new ArrayList<>();
    VideoFile file = new VideoFile(MediaSource.of(video));
    try (FrameReader reader = file.open(file.index(), PtsRange.ALL, Optional.empty())) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        hashes.add(Arrays.hashCode(f.get().rgb()));
      }
    }
    return hashes;
  }
}
