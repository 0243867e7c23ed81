package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.spec.AfterDream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Another strength, codec or container from a dream that was kept. */
class KeptDreamIT {

  private static final String CLIP = KeyFixtures.clip().toString();
  private static final String LAKE = KeyFixtures.SAMPLES.resolve("lake.jpg").toString();

  @TempDir private static Path shared;

  @TempDir private Path folder;

  private static CommandLineRun run(String command, String more, String... words) {
    List<String> all = new ArrayList<>(List.of(command));
    Stream.of(
            "size=96x54",
            "octaves.count=2",
            "iterations=4",
            "video.segment=20",
            "video.overlap=4",
            "video.chunk=6")
        .forEach(setting -> all.addAll(List.of("--set", setting)));
    Arrays.stream(more.split(" ")).filter(word -> !word.isEmpty()).forEach(all::add);
    all.addAll(List.of(words));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  /** Runs and requires success. */
  private static CommandLineRun done(String command, String more, String... words) {
    CommandLineRun run = run(command, more, words);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonNode sidecar(String output) throws IOException {
    return new ObjectMapper().readTree(Path.of(output + ".json").toFile());
  }

  private static double ascent(String output) throws IOException {
    return sidecar(output).path("timeShares").path("ascent").asDouble();
  }

  /** What a video's sidecar tells except the times that this run took. */
  private static JsonNode lasting(String output) throws IOException {
    ObjectNode root = (ObjectNode) sidecar(output);
    root.remove(List.of("secondsPerFrame", "timeShares", "key"));
    root.path("shots")
        .forEach(shot -> ((ObjectNode) shot).remove(List.of("secondsPerFrame", "timeShares")));
    return root;
  }

  private static Map<String, byte[]> pieces(Path below) throws IOException {
    Map<String, byte[]> pieces = new TreeMap<>();
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.dream/segment.*")).toList()) {
        pieces.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return pieces;
  }

  @Test
  void anotherStrengthHasTheFramesOfAFreshRender() throws IOException {
    CommandLineRun first = done("video", "--keep-dream --codec ffv1", CLIP, out("one.mkv"));
    assertThat(first.err()).containsPattern("kept the dream: \\d+\\.\\d MB in .*\\.dream;");
    assertThat(ascent(out("one.mkv"))).isPositive();
    assertThat(pieces(folder)).hasSizeGreaterThan(4);

    CommandLineRun half = done("video", "--strength 0.5 --codec ffv1", CLIP, out("two.mkv"));
    assertThat(half.err())
        .contains("reverie: using the kept dream of clip.mp4; nothing is dreamed again");
    assertThat(ascent(out("two.mkv"))).isZero();
    Files.createDirectory(folder.resolve("fresh"));
    CommandLineRun fresh = done("video", "--strength 0.5 --codec ffv1", CLIP, out("fresh/two.mkv"));
    assertThat(fresh.err()).doesNotContain("kept dream");
    assertThat(ascent(out("fresh/two.mkv"))).isPositive();
    assertThat(Videos.hashes(Path.of(out("two.mkv"))))
        .hasSize(36)
        .isEqualTo(Videos.hashes(Path.of(out("fresh/two.mkv"))))
        .isNotEqualTo(Videos.hashes(Path.of(out("one.mkv"))));
    assertThat(lasting(out("two.mkv"))).isEqualTo(lasting(out("fresh/two.mkv")));

    done("video", "--quality 30", CLIP, out("three.mp4"));
    assertThat(ascent(out("three.mp4"))).isZero();
    done("video", "--quality 30", CLIP, out("fresh/three.mp4"));
    assertThat(Videos.hashes(Path.of(out("three.mp4"))))
        .isEqualTo(Videos.hashes(Path.of(out("fresh/three.mp4"))));

    CommandLineRun again = CommandLineRun.of("rerun", out("two.mkv"), "--input", CLIP);
    assertThat(again.out()).as(again.err()).endsWith("same frames\n");
    assertThat(ascent(out("two-again.mkv"))).as("a rerun dreams itself").isPositive();
  }

  @Test
  void aMaskedBlendOfScheduledStrengthIsTheSameToo() throws IOException {
    String masked = "--set mask.alpha=false --set mask.strength=0.7 --set video.temporal=blend";
    String mask = "--mask=" + new KeyFixtures(folder).mask();
    done("video", masked + " --keep-dream --codec ffv1", mask, CLIP, out("one.mkv"));
    String fading = "strength=[{time: 0, value: 1.5}, {time: 1, value: 0.2}]";
    done("video", masked + " --codec ffv1", mask, "--set", fading, CLIP, out("two.mkv"));
    assertThat(ascent(out("two.mkv"))).isZero();
    Files.createDirectory(folder.resolve("fresh"));
    done("video", masked + " --codec ffv1", mask, "--set", fading, CLIP, out("fresh/two.mkv"));
    assertThat(Videos.hashes(Path.of(out("two.mkv"))))
        .isEqualTo(Videos.hashes(Path.of(out("fresh/two.mkv"))));
    assertThat(lasting(out("two.mkv"))).isEqualTo(lasting(out("fresh/two.mkv")));
  }

  @Test
  void whatMakesItAnotherDreamIsNamed() {
    done("video", "--keep-dream --end 0.3", CLIP, out("one.mkv"));
    CommandLineRun other =
        done("video", "--end 0.3 --set iterations=2 --strength 0.5", CLIP, out("two.mkv"));
    assertThat(other.err())
        .contains(
            "the kept dream of clip.mp4 was made with other settings (iterations 4, now 2), so it is dreamed again");
    CommandLineRun existing = run("video", "--end 0.3 --strength 0.5", CLIP, out("one.mkv"));
    assertThat(existing.code()).isEqualTo(4);
    assertThat(existing.err()).contains("made with other settings (strength 1.0, now 0.5)");
  }

  @Test
  void aDamagedPieceIsDreamedAgain() throws IOException {
    done("video", "--keep-dream --codec ffv1", CLIP, out("one.mkv"));
    Map<String, byte[]> whole = pieces(folder);
    Path piece;
    try (Stream<Path> files = Files.walk(folder)) {
      piece = files.filter(f -> f.endsWith("segment-000001-001")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(piece);
    bytes[bytes.length / 2] ^= 1;
    Files.write(piece, bytes);
    done("video", "--codec ffv1", CLIP, out("two.mkv"));
    assertThat(Videos.hashes(Path.of(out("two.mkv"))))
        .isEqualTo(Videos.hashes(Path.of(out("one.mkv"))));
    assertThat(ascent(out("two.mkv"))).as("one segment of two").isPositive();
    assertThat(pieces(folder)).as("the dream is whole again").containsExactlyEntriesOf(whole);
  }

  static Stream<KeyChange> afterTheDream() {
    return new KeyChanges(new KeyFixtures(shared))
        .changing()
        .filter(change -> !change.key().equals("preset"))
        .filter(c -> AfterDream.contains(c.key()) || c.key().equals("strength"));
  }

  @ParameterizedTest
  @MethodSource("afterTheDream")
  void aKeyAppliedAfterTheDreamLeavesTheKeptDreamUnchanged(KeyChange change) throws IOException {
    boolean video = change.key().startsWith("video.");
    List<String> settings = new ArrayList<>();
    change.base().forEach(setting -> settings.addAll(List.of("--set", setting)));
    String[] before = words(settings, video, "before");
    settings.addAll(List.of("--set", change.key() + "=" + change.value()));
    String[] after = words(settings, video, "after");
    done(video ? "video" : "images", "--keep-dream --set video.end=0.3", before);
    done(video ? "video" : "images", "--keep-dream --set video.end=0.3", after);
    Map<String, byte[]> pieces = pieces(folder.resolve("before"));
    assertThat(pieces).isNotEmpty();
    assertThat(pieces(folder.resolve("after"))).containsExactlyEntriesOf(pieces);
  }

  private String[] words(List<String> settings, boolean video, String name) {
    List<String> words = new ArrayList<>(settings);
    words.addAll(List.of(video ? CLIP : LAKE, out(name) + (video ? "/a.mkv" : "/a.jpg")));
    return words.toArray(String[]::new);
  }

  @Test
  void stillsAreBlendedAgain() throws IOException {
    CommandLineRun first = done("images", "--keep-dream", LAKE, out("one.png"));
    assertThat(first.err()).contains("kept the dream: ");
    CommandLineRun half = done("images", "--strength 0.5", LAKE, out("two.png"));
    assertThat(half.err()).contains("used the kept dream of 1 image, without dreaming again");
    CommandLineRun full = done("images", "", LAKE, out("three.tif"));
    assertThat(full.err()).contains("used the kept dream of 1 image");
    Files.createDirectory(folder.resolve("fresh"));
    CommandLineRun fresh = done("images", "--strength 0.5", LAKE, out("fresh/two.png"));
    assertThat(fresh.err()).doesNotContain("kept");
    assertThat(Videos.still(Path.of(out("two.png"))))
        .isEqualTo(Videos.still(Path.of(out("fresh/two.png"))))
        .isNotEqualTo(Videos.still(Path.of(out("one.png"))));
    assertThat(Videos.still(Path.of(out("three.tif"))))
        .isEqualTo(Videos.still(Path.of(out("one.png"))));

    CommandLineRun other = done("images", "--set octaves.count=1", LAKE, out("four.png"));
    assertThat(other.err()).contains("was made with other settings (octaves.count 2, now 1)");
    CommandLineRun existing = run("images", "--set octaves.count=1", LAKE, out("one.png"));
    assertThat(existing.code()).isEqualTo(4);
    assertThat(existing.err()).contains("made with other settings (octaves.count 2, now 1)");
  }

  @Test
  void aSmallDreamOfALargePhotoIsBlendedAgain() throws IOException {
    done("images", "--keep-dream --dream-size 64x", LAKE, out("one.png"));
    CommandLineRun half = done("images", "--dream-size 64x --strength 2", LAKE, out("two.png"));
    assertThat(half.err()).contains("used the kept dream");
    Files.createDirectory(folder.resolve("fresh"));
    done("images", "--dream-size 64x --strength 2", LAKE, out("fresh/two.png"));
    assertThat(Videos.still(Path.of(out("two.png"))))
        .isEqualTo(Videos.still(Path.of(out("fresh/two.png"))));
  }

  @Test
  void drawingsAreKeptAndZoomsAreNot() {
    done("draw", "--keep-dream", "3", out("one.png"));
    CommandLineRun half = done("draw", "--strength 0.5", "3", out("two.png"));
    assertThat(half.err()).contains("used the kept dream of 1 image");
    CommandLineRun existing = run("draw", "--strength 0.5", "3", out("one.png"));
    assertThat(existing.code()).isEqualTo(4);
    assertThat(existing.err()).contains("made with other settings (strength 1.0, now 0.5)");

    CommandLineRun zoom = run("zoom", "--keep-dream", LAKE, out("zoom.mp4"));
    assertThat(zoom.code()).isEqualTo(2);
    assertThat(zoom.err()).contains("so there is no dream to keep").hasLineCount(1);
  }

  @Test
  void aZoomMadeWithOtherSettingsIsNamed() {
    done("zoom", "--frames 2", LAKE, out("zoom.mkv"));
    CommandLineRun existing = run("zoom", "--frames 2 --strength 0.5", LAKE, out("zoom.mkv"));
    assertThat(existing.code()).isEqualTo(4);
    assertThat(existing.err()).contains("made with other settings (strength 1.0, now 0.5)");
  }

  @Test
  void theForecastTellsWhatItTakes() {
    CommandLineRun keep = done("video", "--dry-run --keep-dream", CLIP, out("one.mkv"));
    assertThat(keep.out()).containsPattern("about \\d+ .B for the kept dream");
    assertThat(folder).isEmptyDirectory();
    assertThat(done("video", "--dry-run", CLIP, out("one.mkv")).out()).doesNotContain("kept dream");
  }

  @Test
  void cleanRemovesIt() throws IOException {
    done("images", "--keep-dream", LAKE, out("one.png"));
    CommandLineRun clean = CommandLineRun.of("clean", "--older-than", "0", folder.toString());
    assertThat(clean.out()).containsPattern("lake.jpg-[0-9a-f]{16}\\.dream  \\d+\\.\\d MB");
    assertThat(folder.resolve(".reverie")).doesNotExist();
    assertThat(folder.resolve("one.png")).exists();
  }
}
