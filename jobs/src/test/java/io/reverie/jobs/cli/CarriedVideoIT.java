package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.video.VideoJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dreams that stay on things, from the command to the video, on the sample clip. */
class CarriedVideoIT {

  private static final String CLIP = "../video/src/test/media/clip.mp4";
  private static final List<String> SMALL =
      List.of("--size", "96x54", "--octaves", "2", "--iterations", "4", "--codec", "ffv1");
  private static final List<String> FOUR_SEGMENTS =
      List.of("--set", "video.segment=14", "--set", "video.overlap=4");

  @TempDir private Path folder;

  @Test
  void aLongShotInFourSegmentsIsTheSameInAnyNumberOfSlots() throws IOException {
    Path one = dream("one", "local[1,4]", FOUR_SEGMENTS);
    List<Integer> frames = Videos.hashes(one);
    assertThat(frames).hasSize(36).doesNotHaveDuplicates();
    assertThat(Videos.hashes(dream("two", "local[2,4]", FOUR_SEGMENTS))).isEqualTo(frames);
    assertThat(Videos.hashes(dream("four", "local[4,4]", FOUR_SEGMENTS))).isEqualTo(frames);
    assertThat(Videos.index(one).times()).hasSize(36);
    JsonNode shot = manifest(one).path("shots").get(0);
    assertThat(shot.path("seams")).hasSize(3);
    double inside = shot.path("flickerOutsideSeams").asDouble();
    for (JsonNode seam : shot.path("seams")) {
      // A fade between two dreams, and far calmer frames on both sides of it.
      assertThat(seam.path("flicker").asDouble()).isLessThan(3 * inside);
      JsonNode elsewhere = seam.path("flickerElsewhere");
      assertThat(elsewhere).hasSize(2);
      assertThat(inside).isBetween(elsewhere.get(0).asDouble(), elsewhere.get(1).asDouble());
      assertThat(seam.path("strength").asDouble() / shot.path("strength").asDouble())
          .isBetween(0.8, 1.25);
    }
  }

  @Test
  void aTaskThatIsKilledAndRunAgainGivesTheSameFrames() throws IOException {
    List<Integer> frames = Videos.hashes(dream("undisturbed", "local[2,4]", FOUR_SEGMENTS));
    Path out = folder.resolve("disturbed.mkv");
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("size=96x54", "octaves.count=2", "iterations=4", "video.codec=ffv1"));
    settings.addAll(List.of("video.segment=14", "video.overlap=4"));
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), settings);
    ResolvedSpec recipe =
        new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
    SparkConf conf = new SparkConf().setAppName("test").setMaster("local[2,4]");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      Killing killing = new Killing(spark);
      spark.sc().addSparkListener(killing);
      new VideoJob(spark, recipe, new RunOptions(false, false, true, false, "", Device.AUTO, 0))
          .run(List.of(CLIP), out.toString());
      assertThat(killing.killed).isNotEmpty();
    }
    assertThat(Videos.hashes(out)).isEqualTo(frames);
  }

  /** Kills the first attempt of every other task. */
  private static final class Killing extends SparkListener {

    private final JavaSparkContext spark;
    private final Set<Long> killed = ConcurrentHashMap.newKeySet();

    Killing(JavaSparkContext spark) {
      this.spark = spark;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      boolean first = start.taskInfo().attemptNumber() == 0;
      if (first && start.taskInfo().index() % 2 == 0) {
        long task = start.taskInfo().taskId();
        if (spark.sc().killTaskAttempt(task, false, "to see it run again")) {
          killed.add(task);
        }
      }
    }
  }

  @Test
  void aCutIsFoundAndNothingIsCarriedAcrossIt() throws IOException {
    String stills = twoShots();
    List<String> words = List.of("--fps", "12");
    Path carried = dream("carried", "local[2,4]", words, stills);
    Path alone = dream("alone", "local[2,4]", with(words, "--temporal", "none"), stills);
    JsonNode manifest = manifest(carried);
    assertThat(manifest.path("cuts")).hasSize(1);
    assertThat(manifest.path("cuts").get(0).asDouble()).isEqualTo(0.5);
    List<Integer> frames = Videos.hashes(carried);
    List<Integer> lone = Videos.hashes(alone);
    assertThat(frames.get(0)).isEqualTo(lone.get(0));
    assertThat(frames.get(6)).isEqualTo(lone.get(6));
    assertThat(frames.get(5)).isNotEqualTo(lone.get(5));
    assertThat(frames.get(7)).isNotEqualTo(lone.get(7));
  }

  @Test
  void cutsCanBeGivenAndAnEarlierManifestIsSuchAList() throws IOException {
    Path list = Files.writeString(folder.resolve("cuts.txt"), "# by hand\n0.5\n00:00:02 # two\n");
    Path out = dream("given", "local[2,4]", List.of("--cuts", list.toString()));
    assertThat(starts(out)).containsExactly(0.0, 0.5, 2.0);
    Path manifest = folder.resolve("given.mkv.json");
    Path again = dream("again", "local[2,4]", List.of("--cuts", manifest.toString()));
    assertThat(Videos.hashes(again)).isEqualTo(Videos.hashes(out));
  }

  @Test
  void aWrongListOfCutsIsOneSentence() throws IOException {
    Path list = Files.writeString(folder.resolve("cuts.txt"), "soon\n");
    CommandLineRun run = CommandLineRun.of("video", "--cuts", list.toString(), CLIP, out("x"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'soon'").doesNotContain("\tat ");
    assertThat(CommandLineRun.of("video", "--cuts", "nowhere.txt", CLIP, out("x")).err())
        .contains("cannot read nowhere.txt");
    Path here = Files.createDirectory(folder.resolve("out"));
    assertThat(
            CommandLineRun.of("video", "--cuts", list.toString(), CLIP, CLIP, here.toString())
                .err())
        .contains("--cuts applies to a single video");
  }

  @Test
  void carriedDreamsFlickerLessAndTheManifestAgreesWithMeasure() throws IOException {
    List<String> one = List.of("--set", "video.cuts=[]");
    Path carried = dream("carried", "local[2,4]", one);
    Path alone = dream("alone", "local[2,4]", with(one, "--temporal", "none"));
    JsonNode seen = manifest(carried).path("shots").get(0);
    JsonNode lone = manifest(alone).path("shots").get(0);
    assertThat(seen.path("flicker").asDouble()).isLessThan(0.5 * lone.path("flicker").asDouble());
    assertThat(seen.path("strength").asDouble() / lone.path("strength").asDouble())
        .isBetween(0.85, 1.15);
    assertThat(seen.path("iterations").asDouble()).isLessThan(3);
    assertThat(seen.path("gain").asDouble()).isGreaterThan(1.5);
    CommandLineRun measured =
        CommandLineRun.of("measure", "--json", CLIP, carried.toString(), "--");
    JsonNode measures = new ObjectMapper().readTree(measured.out());
    assertThat(measures.path("frames").asInt()).isEqualTo(36);
    for (String key : List.of("flicker", "strength")) {
      // A file has whole numbers, the dream had not.
      assertThat(measures.path(key).asDouble() / seen.path(key).asDouble()).isBetween(0.93, 1.07);
    }
  }

  @Test
  void measurePairsFramesByTheirTimes() throws IOException {
    Path part = dream("part", "local[2,4]", List.of("--start", "1", "--end", "2"));
    JsonNode placed = measure("--start", "1", CLIP, part.toString());
    assertThat(placed.path("frames").asInt()).isEqualTo(12);
    double strength = manifest(part).path("shots").get(0).path("strength").asDouble();
    assertThat(placed.path("strength").asDouble() / strength).isBetween(0.97, 1.03);
    JsonNode misplaced = measure("--start", "2.5", CLIP, part.toString());
    assertThat(misplaced.path("frames").asInt()).isEqualTo(6);
    assertThat(misplaced.path("unpaired").asInt()).isEqualTo(6);
    JsonNode itself = measure(CLIP, CLIP);
    assertThat(itself.path("flicker").asDouble()).isZero();
    assertThat(itself.path("strength").asDouble()).isZero();
  }

  @Test
  void aVideoThatIsNotThereCannotBeMeasured() {
    CommandLineRun run = CommandLineRun.of("measure", CLIP, "nowhere.mp4", "--");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("nowhere.mp4 does not exist");
  }

  private static JsonNode measure(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("measure", "--json"));
    all.addAll(Arrays.asList(words));
    all.add("--");
    CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  /** Six frames of a lake, then six of a forest. */
  private String twoShots() throws IOException {
    Path stills = Files.createDirectory(folder.resolve("stills"));
    for (int i = 0; i < 12; i++) {
      String photo = i < 6 ? "lake.jpg" : "forest.jpg";
      Files.copy(
          Path.of("../video/src/test/media", photo), stills.resolve("f%02d.jpg".formatted(i)));
    }
    return stills.resolve("f%02d.jpg").toString();
  }

  private Path dream(String name, String master, List<String> more) {
    return dream(name, master, more, CLIP);
  }

  private Path dream(String name, String master, List<String> more, String source) {
    List<String> words = new ArrayList<>(List.of("video"));
    words.addAll(SMALL);
    words.addAll(more);
    words.addAll(List.of(source, out(name), "--", "--master", master));
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return Path.of(out(name));
  }

  private String out(String name) {
    return folder.resolve(name + ".mkv").toString();
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(Arrays.asList(more));
    return all;
  }

  private static JsonNode manifest(Path video) throws IOException {
    return new ObjectMapper()
        .readTree(video.resolveSibling(video.getFileName() + ".json").toFile());
  }

  private static List<Double> starts(Path video) throws IOException {
    List<Double> starts = new ArrayList<>();
    manifest(video).path("shots").forEach(shot -> starts.add(shot.path("start").asDouble()));
    return starts;
  }
}
