package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.video.VideoJob;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a run: names of its Spark jobs, and metrics. */
class OperationIT {

  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");
  private static final Path MONITORING = Path.of("../deploy/monitoring");
  private static final String PREFIX = "metrics_reverie_driver_reverie_";
  private static final Pattern METRIC = Pattern.compile(PREFIX + "\\w+");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(\\w+)\\{type=\"(?:counters|gauges)\"} (\\S+)$");

  private static final List<String> SPARK =
      List.of(
          "--master",
          "local[2,4]",
          "--conf",
          "spark.ui.enabled=true",
          "--conf",
          "spark.ui.port=0",
          "--conf",
          "spark.ui.prometheus.enabled=true",
          "--conf",
          "spark.metrics.conf.*.sink.jmx.class=org.apache.spark.metrics.sink.JmxSink");

  @TempDir private Path folder;

  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** Takes down what Spark's pages show. */
  private final SparkListener names =
      new SparkListener() {
        @Override
        public void onJobStart(SparkListenerJobStart job) {
          Properties properties = job.properties();
          seen.add(
              "job %s, group %s"
                  .formatted(
                      properties.getProperty("spark.job.description"),
                      properties.getProperty("spark.jobGroup.id")));
        }

        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted stage) {
          seen.add("stage " + stage.stageInfo().name());
        }
      };

  @Test
  void aRunShowsInPrometheusJmxAndSparksPages() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.mp4"), "no video");
    int code =
        new JobRun(Reverie.commandLine(SPARK), SPARK)
            .start(
                Device.CPU,
                spark -> {
                  spark.sc().addSparkListener(names);
                  List<Outcome> outcomes = dream(spark, List.of(CLIP), "alone.mp4");
                  outcomes =
                      Stream.concat(
                              outcomes.stream(),
                              dream(spark, List.of(CLIP, broken), "both/").stream())
                          .toList();
                  try {
                    look(spark, outcomes);
                  } catch (IOException | InterruptedException | JMException e) {
                    throw new IllegalStateException(e);
                  }
                  return 0;
                });
    assertThat(code).isZero();
    String alone = "video " + folder.resolve("alone.mp4");
    assertThat(seen)
        .contains(
            "job clip.mp4: reading, group " + alone,
            "job clip.mp4: dreaming 2 segments, group " + alone,
            "job clip.mp4: fading 1 seam, group " + alone,
            "job clip.mp4: assembling, group " + alone,
            "job broken.mp4: reading, group video " + folder.resolve("both/broken.mp4"),
            "stage dreaming 2 segments",
            "stage assembling")
        .noneMatch(name -> name.contains(".java:"));
  }

  @Test
  void repeatedTasksAreCountedAndThreadsNameTheirOwnJobs() {
    int code =
        new JobRun(Reverie.commandLine(SPARK), SPARK)
            .start(
                Device.CPU,
                spark -> {
                  spark.sc().addSparkListener(names);
                  List<List<Integer>> results =
                      Stream.of("a.mp4", "b.mp4", "c.mp4")
                          .map(name -> CompletableFuture.supplyAsync(() -> failOnce(spark, name)))
                          .toList()
                          .stream()
                          .map(CompletableFuture::join)
                          .toList();
                  assertThat(results).allMatch(List.of(1, 2)::equals);
                  assertThat(failOnce(spark, "d.mp4")).containsExactly(1, 2);
                  assertThat(spark.sc().getLocalProperty("spark.job.description")).isNull();
                  assertThat(spark.sc().getLocalProperty("spark.jobGroup.id")).isNull();
                  return awaitRetries(spark, 4);
                });
    assertThat(code).isZero();
    assertThat(seen)
        .filteredOn(name -> name.startsWith("job"))
        .containsExactlyInAnyOrder(
            "job a.mp4: trying 2 tasks, group in/a.mp4",
            "job b.mp4: trying 2 tasks, group in/b.mp4",
            "job c.mp4: trying 2 tasks, group in/c.mp4",
            "job d.mp4: trying 2 tasks, group in/d.mp4");
  }

  /** Whether a task has seen itself and its neighbour run, and three others wait. */
  private static final AtomicBoolean SEEN = new AtomicBoolean();

  @Test
  void tasksThatWaitAreCountedWhileOthersRun() {
    new JobRun(Reverie.commandLine(SPARK), SPARK)
        .start(
            Device.CPU,
            spark -> {
              String page = spark.sc().uiWebUrl().get() + "/metrics/prometheus/";
              Tasks.run(
                  spark,
                  "Waiting",
                  new ArrayList<>(List.of(1, 2, 3, 4, 5)),
                  number -> look(page),
                  result -> {});
              return 0;
            });
    assertThat(SEEN).isTrue();
  }

  private static boolean look(String page) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    // The listener is told a little later than the task starts.
    while (!SEEN.get() && System.nanoTime() - begun < 60e9) {
      Map<String, Double> metrics = samples(get(page));
      if (metrics.get(PREFIX + "tasks_waiting_Value") == 3
          && metrics.get(PREFIX + "tasks_running_Value") == 2) {
        SEEN.set(true);
      }
    }
    return SEEN.get();
  }

  /** One of two tasks fails at its first attempt. */
  private static List<Integer> failOnce(JavaSparkContext spark, String name) {
    return Tasks.run(
        spark,
        JobName.of("Trying", "trying 2 tasks", List.of("in/" + name), "video"),
        new ArrayList<>(List.of(1, 2)),
        number -> {
          if (number == 1 && TaskContext.get().attemptNumber() == 0) {
            throw new IllegalStateException("as intended");
          }
          return number;
        },
        result -> {});
  }

  /** Spark's listeners are told a little later. */
  private static int awaitRetries(JavaSparkContext spark, int retries) {
    String page = spark.sc().uiWebUrl().get() + "/metrics/prometheus/";
    try {
      spark.sc().listenerBus().waitUntilEmpty();
      Map<String, Double> metrics = samples(get(page));
      assertThat(metrics.get(PREFIX + "tasks_retried_Count")).isEqualTo(retries);
      assertThat(metrics.get(PREFIX + "tasks_failed_Count")).isEqualTo(retries);
      assertThat(metrics.get(PREFIX + "tasks_lost_Count")).isZero();
      assertThat(metrics.get(PREFIX + "tasks_running_Value")).isZero();
      assertThat(metrics.get(PREFIX + "tasks_waiting_Value")).isZero();
      return 0;
    } catch (IOException | InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Outcome> dream(JavaSparkContext spark, List<Path> inputs, String output) {
    RunOptions options = new RunOptions(false, false, true, false, "", Device.CPU, 0);
    SpecLoader.Loaded loaded =
        SpecLoader.load(
            Optional.empty(),
            List.of(
                "size=96x54",
                "octaves.count=1",
                "iterations=2",
                "video.segment=20",
                "video.overlap=4",
                "video.chunk=6"));
    ResolvedSpec resolved = JobRun.resolve(spark, loaded, Device.CPU);
    return new VideoJob(spark, resolved, options)
        .run(
            inputs.stream().map(Path::toString).toList(),
            folder.resolve(output) + (output.endsWith("/") ? "/" : ""),
            RunListener.none());
  }

  private static void look(JavaSparkContext spark, List<Outcome> outcomes)
      throws IOException, InterruptedException, JMException {
    String page = get(spark.sc().uiWebUrl().get() + "/metrics/prometheus/");
    Map<String, Double> metrics = samples(page);
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactlyInAnyOrder(
            Outcome.Status.DREAMED, Outcome.Status.DREAMED, Outcome.Status.FAILED);
    assertThat(metrics.get(PREFIX + "items_done_Count")).isEqualTo(2);
    assertThat(metrics.get(PREFIX + "items_failed_Count")).isEqualTo(1);
    assertThat(metrics.get(PREFIX + "items_waiting_Value")).isZero();
    // Two videos of two segments, a seam and an assembly.
    assertThat(metrics.get(PREFIX + "pieces_done_Count")).isEqualTo(8);
    assertThat(metrics.get(PREFIX + "pieces_failed_Count")).isZero();
    double frames = outcomes.stream().mapToLong(Outcome::frames).sum();
    assertThat(metrics.get(PREFIX + "frames_Count")).isBetween(frames, frames + 2 * 2 * 4);
    assertThat(metrics.get(PREFIX + "steps_Count")).isPositive();
    assertThat(metrics.get(PREFIX + "checkpoints_Count")).isPositive();
    // A checkpoint holds at least a frame of 96x54 pixels.
    assertThat(metrics.get(PREFIX + "checkpoint_bytes_Count"))
        .isGreaterThan(metrics.get(PREFIX + "checkpoints_Count") * 96 * 54);
    for (String stage : List.of("decode", "flow", "ascent", "measure", "encode", "publish")) {
      assertThat(metrics.get(PREFIX + "seconds_" + stage + "_Value")).as(stage).isPositive();
    }
    assertThat(metrics.get(PREFIX + "tasks_running_Value")).isNotNegative();
    assertThat(metrics.get(PREFIX + "tasks_failed_Count")).isZero();
    assertThat(metrics.get(PREFIX + "tasks_retried_Count")).isZero();
    assertThat(metrics.get(PREFIX + "executors_Value")).isEqualTo(1);
    assertEveryNameIsThere(metrics.keySet());
    assertJmx();
  }

  private static void assertEveryNameIsThere(Set<String> metrics) throws IOException {
    for (String file : List.of("dashboard.json", "alerts.yaml")) {
      Set<String> named =
          METRIC
              .matcher(Files.readString(MONITORING.resolve(file)))
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toSet());
      assertThat(named).as(file).hasSizeGreaterThan(5).isSubsetOf(metrics);
    }
  }

  private static void assertJmx() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName frames = new ObjectName("metrics:name=reverie.driver.reverie.frames,type=counters");
    ObjectName ascent =
        new ObjectName("metrics:name=reverie.driver.reverie.seconds.ascent,type=gauges");
    assertThat((Long) beans.getAttribute(frames, "Count")).isPositive();
    assertThat((Double) beans.getAttribute(ascent, "Value")).isPositive();
  }

  private static Map<String, Double> samples(String page) {
    return SAMPLE
        .matcher(page)
        .results()
        .filter(sample -> !sample.group(2).equals("null"))
        .filter(sample -> sample.group(1).startsWith(PREFIX))
        .collect(
            Collectors.toMap(
                sample -> sample.group(1), sample -> Double.parseDouble(sample.group(2))));
  }

  private static String get(String address) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
