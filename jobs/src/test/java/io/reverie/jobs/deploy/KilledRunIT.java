package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.cli.Videos;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that write to S3 and are killed: nothing half-made is left at the result's key, and what was
 * finished is not done again.
 */
@ExtendWith(SharedCluster.class)
class KilledRunIT {

  private static final Path CLIP =
      Path.of("../video/src/test/media/clip.mp4").toAbsolutePath().normalize();

  private static final String WORK = "out/.reverie/work/";
  private static final String OUT = "out/clip.mkv";

  /** The first chunk of a segment's frames, or of the frames that it has for a seam. */
  private static final Pattern FIRST_CHUNK =
      Pattern.compile(".*/(?:side-\\d+-)?(segment-\\d+)-000");

  private static final int NOISE_FRAMES = 12;

  private static List<Integer> undisturbed = List.of();

  @RegisterExtension
  final S3ProxyExtension s3 =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @TempDir private Path folder;
  private Bucket bucket;

  @BeforeEach
  void open() {
    bucket = Bucket.of(s3);
    bucket.put("in/clip.mp4", CLIP);
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @Test
  void aRunThatIsKilledIsGoneOnWithByTheNext() throws Exception {
    Map<String, String> finished;
    try (RunningProgram run = dream()) {
      run.await("the first checkpoint", () -> !finished().isEmpty());
      run.signal("KILL");
      assertThat(run.end().code()).isEqualTo(137);
      finished = finished();
    }
    assertThat(bucket.versions("out/")).doesNotContainKey(OUT);
    goesOnToTheEnd(finished);
  }

  @Test
  void aRunThatIsToldToEndDoesSoAndIsGoneOnWith() throws Exception {
    Map<String, String> left = dreamUntil(Map.of(), "TERM", 143);
    Map<String, String> more = dreamUntil(left, "INT", 130);
    assertThat(more).containsAllEntriesOf(finished(left));
    goesOnToTheEnd(finished(more));
  }

  /**
   * Ends a run by a signal when it has finished more than there was; returns what there is then.
   */
  private Map<String, String> dreamUntil(Map<String, String> before, String signal, int code)
      throws Exception {
    try (RunningProgram run = dream()) {
      run.await(
          "one more chunk behind which a state was kept",
          () -> {
            Map<String, String> now = bucket.versions(WORK);
            return now.size() > before.size() && !finished(now).isEmpty();
          });
      long told = System.nanoTime();
      run.signal(signal);
      assertThat(run.end()).isEqualTo(new Program(code, "", ""));
      assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(10));
    }
    assertThat(bucket.versions("out/")).doesNotContainKey(OUT);
    assertThat(bucket.uploads()).isEmpty();
    return bucket.versions(WORK);
  }

  @Test
  void executorsThatAreKilledAreReplacedAndTheirWorkIsGoneOnWith(LaptopCluster cluster)
      throws Exception {
    try (RunningProgram program = submit(cluster)) {
      program.await("the first checkpoint", () -> !finished().isEmpty());
      // Both: which of them it is from cannot be seen.
      for (String worker : List.of("worker-1.pid", "worker-2.pid")) {
        RunningProgram.signal(executorOf(cluster.run().resolve(worker)), "KILL");
      }
      Map<String, String> finished = finished();
      Map<String, Set<String>> seen = new TreeMap<>();
      Program end = program.watch(() -> look(seen));
      assertThat(end.code()).as(end.err()).isZero();
      // It was at work when it was killed.
      assertThat(end.err()).contains("Lost executor").contains("Lost task");
      assertOnceWritten(finished, seen);
    }
    assertComplete();
  }

  private RunningProgram submit(LaptopCluster cluster) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Deployed.FOLDER.resolve("bin/reverie").toString());
    words.addAll(words(bucket.uri("in/clip.mp4"), bucket.uri(OUT)));
    words.addAll(List.of("--", "--master", cluster.master(), "--load-spark-defaults"));
    words.addAll(List.of("--properties-file", properties(bucket.settings()).toString()));
    // What becomes of tasks is told, and the first task waits for both executors.
    for (String conf :
        List.of(
            "spark.executor.memory=1g",
            "spark.log.level=WARN",
            "spark.scheduler.minRegisteredResourcesRatio=1.0")) {
      words.addAll(List.of("--conf", conf));
    }
    return RunningProgram.start(Map.of("SPARK_HOME", cluster.home()), words);
  }

  static long executorOf(Path worker) throws IOException {
    List<Long> executors =
        ProcessHandle.of(Long.parseLong(Files.readString(worker).strip()))
            .orElseThrow()
            .children()
            // The rest is dead and never asked after.
            .filter(child -> child.info().command().isPresent())
            .map(ProcessHandle::pid)
            .toList();
    assertThat(executors).hasSize(1);
    return executors.get(0);
  }

  @Test
  void anUploadThatIsCutOffLeavesNoResultAndPartsThatCleanRemoves() throws Exception {
    String frames = noise().toString();
    Path whole = folder.resolve("whole.mkv");
    CommandLineRun undisturbed =
        CommandLineRun.of(noiseWords(frames, whole.toString()).toArray(String[]::new));
    assertThat(undisturbed.code()).as(undisturbed.err()).isZero();
    assertThat(whole)
        .satisfies(file -> assertThat(Files.size(file)).isBetween(7L << 20, 10L << 20));
    List<String> words = noiseWords(frames, bucket.uri(OUT));
    try (StallingRelay relay = new StallingRelay(bucket.endpoint(), 2 << 20);
        RunningProgram run = reverie(words, bucket.settings(relay))) {
      run.await("a part that hangs", relay::isStalled);
      run.signal("KILL");
      assertThat(run.end().code()).isEqualTo(137);
    }
    assertThat(bucket.versions("out/")).doesNotContainKey(OUT);
    assertThat(bucket.uploads()).containsExactly(OUT);

    List<String> clean = List.of("clean", "--older-than", "0", bucket.uri("out/"));
    try (RunningProgram run = reverie(clean, bucket.settings())) {
      Program end = run.end();
      assertThat(end.code()).as(end.err()).isZero();
      assertThat(end.out()).contains("removed 1 leftover,").contains("aborted 1 upload\n");
    }
    assertThat(bucket.uploads()).isEmpty();
    assertThat(bucket.versions("out/").keySet()).containsExactly(OUT + ".json");

    try (RunningProgram run = reverie(words, bucket.settings())) {
      Program end = run.end();
      assertThat(end.code()).as(end.err()).isZero();
    }
    assertThat(Videos.hashes(bucket.fetch(OUT, folder)))
        .hasSize(NOISE_FRAMES)
        .isEqualTo(Videos.hashes(whole));
    assertThat(bucket.versions("out/").keySet()).containsExactly(OUT, OUT + ".json");
  }

  private static List<String> noiseWords(String in, String out) {
    List<String> words = words(in, out);
    words.addAll(List.of("--fps", "12", "--set", "iterations=1", "--set", "video.chunk=2"));
    words.addAll(List.of("--set", "size=auto", "--set", "dreamSize=96x54"));
    return words;
  }

  /** Frames that no codec makes small, so that the result has more than one part. */
  private Path noise() throws IOException {
    Path frames = Files.createDirectories(folder.resolve("noise"));
    Random random = new Random(7);
    for (int frame = 1; frame <= NOISE_FRAMES; frame++) {
      BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
      int[] pixels = random.ints(640 * 360, 0, 1 << 24).toArray();
      image.setRGB(0, 0, 640, 360, pixels, 0, 640);
      ImageIO.write(image, "png", frames.resolve("%02d.png".formatted(frame)).toFile());
    }
    return frames.resolve("%02d.png");
  }

  private RunningProgram dream() throws Exception {
    return reverie(words(bucket.uri("in/clip.mp4"), bucket.uri(OUT)), bucket.settings());
  }

  private static List<String> words(String in, String out) {
    List<String> words = new ArrayList<>(List.of("video", "--quiet", "--checkpoint", "0"));
    for (String setting :
        List.of(
            "size=96x54",
            "octaves.count=2",
            "iterations=4",
            "video.codec=ffv1",
            "video.segment=20",
            "video.overlap=4",
            "video.chunk=6")) {
      words.addAll(List.of("--set", setting));
    }
    words.addAll(List.of(in, out));
    return words;
  }

  /** In the process's own Spark. */
  private RunningProgram reverie(List<String> ours, Map<String, String> settings) throws Exception {
    List<String> words = new ArrayList<>();
    // Where the tests run in the background, Ctrl-C is switched off for all that they start.
    if (Program.run("env", "--default-signal=INT", "true").code() == 0) {
      words.addAll(List.of("env", "--default-signal=INT"));
    }
    words.add(Deployed.FOLDER.resolve("bin/reverie").toString());
    words.addAll(ours);
    words.addAll(List.of("--", "--master", "local[2,4]"));
    words.addAll(List.of("--properties-file", properties(settings).toString()));
    return RunningProgram.start(Map.of(), words);
  }

  private Path properties(Map<String, String> settings) throws IOException {
    return Files.write(
        folder.resolve("s3.properties"),
        settings.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }

  /** What the next run must not do again: first chunks behind which a state was kept. */
  private Map<String, String> finished() {
    return finished(bucket.versions(WORK));
  }

  private static Map<String, String> finished(Map<String, String> work) {
    Set<String> further =
        work.keySet().stream()
            .filter(key -> key.endsWith(".checkpoint") || key.endsWith(".json"))
            .map(key -> key.substring(key.lastIndexOf('/') + 1, key.lastIndexOf('.')))
            .collect(Collectors.toSet());
    Map<String, String> finished = new TreeMap<>(work);
    finished
        .keySet()
        .removeIf(
            key -> {
              Matcher first = FIRST_CHUNK.matcher(key);
              return !first.matches() || !further.contains(first.group(1));
            });
    return finished;
  }

  private void goesOnToTheEnd(Map<String, String> finished) throws Exception {
    try (RunningProgram run = dream()) {
      Map<String, Set<String>> seen = new TreeMap<>();
      Program end = run.watch(() -> look(seen));
      assertThat(end.code()).as(end.err()).isZero();
      assertOnceWritten(finished, seen);
    }
    assertComplete();
  }

  /** Collects every version of every object of the work. */
  private void look(Map<String, Set<String>> seen) {
    bucket
        .versions(WORK)
        .forEach((key, version) -> seen.computeIfAbsent(key, k -> new TreeSet<>()).add(version));
  }

  /** That it was not written again before the last of its segment, which was looked at, too. */
  private static void assertOnceWritten(
      Map<String, String> finished, Map<String, Set<String>> seen) {
    assertThat(finished).isNotEmpty();
    finished.forEach(
        (key, version) -> {
          assertThat(seen.get(key)).as(key).containsExactly(version);
          if (!key.contains("side-")) {
            assertThat(seen).containsKey(key.replaceFirst("-000$", "-001"));
          }
        });
  }

  private void assertComplete() throws IOException {
    assertThat(Videos.hashes(bucket.fetch(OUT, folder))).hasSize(36).isEqualTo(undisturbed());
    assertThat(bucket.versions("out/").keySet()).containsExactly(OUT, OUT + ".json");
    assertThat(bucket.uploads()).isEmpty();
  }

  /** The frames of a run that nothing happens to, on files of this machine. */
  private List<Integer> undisturbed() {
    synchronized (KilledRunIT.class) {
      if (undisturbed.isEmpty()) {
        Path out = folder.resolve("undisturbed.mkv");
        CommandLineRun run =
            CommandLineRun.of(words(CLIP.toString(), out.toString()).toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        undisturbed = Videos.hashes(out);
      }
      return undisturbed;
    }
  }
}
