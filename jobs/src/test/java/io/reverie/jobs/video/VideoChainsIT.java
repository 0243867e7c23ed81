package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.ItemList;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.video.Frame;
import io.reverie.video.still.Stills;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each video goes from its index to its result independently, and the driver receives little of it.
 */
class VideoChainsIT {

  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");

  private static final RunOptions OPTIONS =
      new RunOptions(false, false, true, false, "", Device.AUTO, 20);

  /** Of two slots. */
  private static final int AT_ONCE = 4;

  /** Events of all tasks: Spark copies the listener. */
  private static final Queue<Event> EVENTS = new ConcurrentLinkedQueue<>();

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  private record Event(String output, boolean begun) {}

  /** Notes what begins and ends. */
  private record Recorder(String poisoned, String unrecorded, boolean alone)
      implements ItemListener {

    @Override
    public void begun(WorkItem item) {
      if (item.output().name().equals(poisoned)) {
        throw new IllegalStateException("a fault of the machine");
      }
      EVENTS.add(new Event(item.output().name(), true));
      assertThat(alone).as("a task carries what concerns its video").isTrue();
    }

    @Override
    public ItemListener only(WorkItem item) {
      return new Recorder(poisoned, unrecorded, true);
    }

    @Override
    public void ended(WorkItem item, Outcome outcome) {
      if (item.output().name().equals(unrecorded)) {
        throw new UncheckedIOException(new IOException("a fault of the store"));
      }
      EVENTS.add(new Event(item.output().name(), false));
      // The driver holds all of it.
      assertThat(alone || TaskContext.get() == null).isTrue();
    }
  }

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setAppName("test")
                .setMaster("local[2,4]")
                .set("spark.scheduler.mode", "FAIR")
                .set("spark.rpc.message.maxSize", "1")
                .set("spark.driver.maxResultSize", "30k"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void forgetEvents() {
    EVENTS.clear();
  }

  @Test
  void resultsAppearWhileOthersHaveNotBegun() throws IOException {
    List<WorkItem> items = clips(9);
    List<Outcome> outcomes = dream(items, "", "video.segment=20", "video.overlap=4");
    assertThat(outcomes).extracting(Outcome::status).containsOnly(Outcome.Status.DREAMED);
    assertThat(outcomes)
        .extracting(Outcome::output)
        .as("in the order of the inputs")
        .isEqualTo(items.stream().map(item -> item.output().text()).toList());
    List<Event> events = List.copyOf(EVENTS);
    assertThat(events).hasSize(18);
    int firstEnd = IntStream.range(0, 18).filter(i -> !events.get(i).begun()).min().getAsInt();
    int lastBegin = IntStream.range(0, 18).filter(i -> events.get(i).begun()).max().getAsInt();
    assertThat(firstEnd).isLessThan(lastBegin);
    int open = 0;
    for (Event event : events) {
      open += event.begun() ? 1 : -1;
      assertThat(open).as("videos at once").isLessThanOrEqualTo(AT_ONCE);
    }
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .as("no work folder is left")
          .doesNotContain(".reverie");
    }
  }

  @Test
  void whatFailsOneVideoFailsNoOther() throws IOException {
    List<WorkItem> items = clips(6);
    Files.writeString(Path.of(items.get(1).input()), "no video");
    List<Outcome> outcomes = dream(items, "out4.mkv");
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(
            Outcome.Status.DREAMED,
            Outcome.Status.FAILED,
            Outcome.Status.DREAMED,
            Outcome.Status.DREAMED,
            Outcome.Status.FAILED,
            Outcome.Status.DREAMED);
    assertThat(outcomes.get(4).message())
        .startsWith("Spark gave up one of its jobs (")
        .contains("a fault of the machine")
        .endsWith("; rerun to resume from the last checkpoint")
        .doesNotContain("\n");
    assertThat(EVENTS).as("its end is told").contains(new Event("out4.mkv", false));
  }

  @Test
  void anEndThatCannotBeRecordedEndsNoOtherVideo() throws IOException {
    List<WorkItem> items = clips(3);
    Files.writeString(Path.of(items.get(1).input()), "no video");
    List<Outcome> outcomes = dream(items, new Recorder("", "out1.mkv", false));
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(Outcome.Status.DREAMED, Outcome.Status.FAILED, Outcome.Status.DREAMED);
    assertThat(outcomes.get(1).message()).contains("clip1.mp4");
    assertThat(outcomes.get(1).warnings()).containsExactly("IOException: a fault of the store");
  }

  @Test
  void aWrongSettingOfOneVideoEndsTheRunOnlyIfAllHaveIt() throws IOException {
    WorkItem frames = film(2);
    WorkItem clip = clips(1).get(0);
    assertThatThrownBy(() -> dream(List.of(clip, frames), ""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set one, such as --fps 24");
    ItemList list =
        new ItemList(
            "list.csv",
            List.of(
                new SpecifiedItem(frames, resolved()),
                new SpecifiedItem(clip, resolved("iterations=2"))),
            Optional.empty());
    List<Outcome> outcomes = VideoJob.run(spark, OPTIONS, list, RunListener.none());
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(Outcome.Status.FAILED, Outcome.Status.DREAMED);
    assertThat(outcomes.get(0).message()).contains("set one, such as --fps 24");
  }

  @Test
  void jobsSayWhatTheyDoAndForWhichVideo() throws IOException, TimeoutException {
    List<WorkItem> items = clips(2);
    Set<String> seen = new TreeSet<>();
    Set<String> groups = new HashSet<>();
    SparkListener jobs =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            seen.add(job.properties().getProperty("spark.job.description"));
            groups.add(job.properties().getProperty("spark.jobGroup.id"));
          }
        };
    spark.sc().addSparkListener(jobs);
    dream(items, "", "video.segment=20", "video.overlap=4");
    spark.sc().listenerBus().waitUntilEmpty(60_000);
    spark.sc().removeSparkListener(jobs);
    assertThat(seen)
        .contains(
            "clip0.mp4: reading",
            "clip0.mp4: dreaming 2 segments",
            "clip0.mp4: fading 1 seam",
            "clip1.mp4: assembling");
    assertThat(groups).hasSize(2);
  }

  /**
   * A task that returned the notes of 400 frames would exceed the limit of 30 KB for all tasks of a
   * job; before, it was 108 bytes for each frame.
   */
  @Test
  void whatTheDriverHoldsDoesNotDependOnTheLength() throws IOException, TimeoutException {
    List<Long> few = resultSizes(40);
    List<Long> many = resultSizes(400);
    assertThat(many).hasSameSizeAs(few);
    for (int i = 0; i < few.size(); i++) {
      assertThat(many.get(i)).as("result of task %d", i).isCloseTo(few.get(i), byLess(256));
    }
    assertThat(serialised(400)).isCloseTo(serialised(40), byLess(256));
  }

  private static org.assertj.core.data.Offset<Long> byLess(long bytes) {
    return org.assertj.core.data.Offset.strictOffset(bytes);
  }

  /** Bytes that each task returns of a film that is dreamed in one segment. */
  private List<Long> resultSizes(int frames) throws IOException, TimeoutException {
    List<Long> sizes = new ArrayList<>();
    SparkListener tasks =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            sizes.add(task.taskMetrics().resultSize());
          }
        };
    WorkItem film = film(frames);
    spark.sc().addSparkListener(tasks);
    List<Outcome> outcomes =
        dream(List.of(film), "", "video.segment=1000", "video.temporal=none", "video.fps=25");
    spark.sc().listenerBus().waitUntilEmpty(60_000);
    spark.sc().removeSparkListener(tasks);
    assertThat(outcomes.get(0).message()).isEmpty();
    assertThat(outcomes.get(0).frames()).isEqualTo(frames);
    assertThat(Files.readString(Path.of(film.output().text() + ".json")))
        .as("all notes are in the sidecar")
        .containsPattern("\"iterations\" : \\[ 1(, 1){%d} \\]".formatted(frames - 1));
    return sizes;
  }

  /** Bytes of what goes into the closures of a film's tasks. */
  private long serialised(int frames) throws IOException {
    RunOptions dry = new RunOptions(true, true, true, false, "", Device.AUTO, 0);
    ResolvedSpec resolved = resolved("video.temporal=none", "video.fps=25");
    VideoPlan plan = VideoPlan.of(spark, dry, SpecifiedItem.of(List.of(film(frames)), resolved));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan.videos().get(0).video());
    }
    return bytes.size();
  }

  /** Numbered frames. */
  private WorkItem film(int frames) throws IOException {
    Path in = Files.createDirectories(folder.resolve("f" + frames));
    float[] rgb = new float[32 * 32 * 3];
    Arrays.fill(rgb, 90);
    rgb[99] = 200;
    byte[] png = Stills.encode(new Frame(32, 32, rgb, Optional.empty(), 0, false), "f.png", 8, 90);
    for (int i = 1; i <= frames; i++) {
      Files.write(in.resolve("%04d.png".formatted(i)), png);
    }
    return new WorkItem(
        in.resolve("%04d.png").toString(),
        Location.of(folder.resolve("film%d.mkv".formatted(frames)).toString()));
  }

  private List<WorkItem> clips(int count) throws IOException {
    List<WorkItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path clip = Files.copy(CLIP, folder.resolve("clip%d.mp4".formatted(i)));
      items.add(
          new WorkItem(
              clip.toString(),
              Location.of(folder.resolve("out/out%d.mkv".formatted(i)).toString())));
    }
    return items;
  }

  private ResolvedSpec resolved(String... more) {
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("size=48x48", "octaves.count=1", "iterations=1", "video.codec=ffv1"));
    settings.addAll(List.of(more));
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), settings);
    return new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
  }

  private List<Outcome> dream(List<WorkItem> items, String poisoned, String... settings)
      throws IOException {
    return dream(items, new Recorder(poisoned, "", false), settings);
  }

  private List<Outcome> dream(List<WorkItem> items, Recorder recorder, String... settings)
      throws IOException {
    return new VideoJob(spark, resolved(settings), OPTIONS).dream(items, recorder);
  }
}
