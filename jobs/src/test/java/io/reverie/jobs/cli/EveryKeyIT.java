package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.KeyChange.Job;
import io.reverie.jobs.spec.ReferenceSettings;
import io.reverie.video.VideoIndex;
import io.reverie.video.metadata.StillMetadata;
import io.reverie.video.metadata.TextItem;
import io.reverie.video.note.StillNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changing any setting alone changes the result. */
class EveryKeyIT {

  /** Results by job and settings. */
  private static final Map<List<String>, String> MADE = new HashMap<>();

  @TempDir private static Path folder;

  static Stream<KeyChange> changing() {
    return new KeyChanges(fixtures()).changing();
  }

  static Stream<KeyChange> keeping() {
    return KeyChanges.keeping();
  }

  private static KeyFixtures fixtures() {
    return new KeyFixtures(folder);
  }

  @Test
  void noKeyIsLeftOut() {
    Set<String> tried = new TreeSet<>();
    Stream.concat(changing(), keeping()).forEach(change -> tried.add(change.key()));
    tried.addAll(SyncKeysIT.KEYS);
    List<String> keys =
        ReferenceSettings.keys().stream()
            .filter(key -> !ReferenceSettings.defaultOf(key).isObject())
            .toList();
    assertThat(tried).containsExactlyInAnyOrderElementsOf(keys);
  }

  @ParameterizedTest
  @MethodSource("changing")
  void changingAKeyChangesTheResult(KeyChange change) throws IOException {
    assertThat(made(change, true)).isNotEqualTo(made(change, false));
  }

  @ParameterizedTest
  @MethodSource("keeping")
  void splittingTheWorkDifferentlyChangesNothing(KeyChange change) throws IOException {
    assertThat(made(change, true)).isEqualTo(made(change, false));
  }

  private static String made(KeyChange change, boolean changed) throws IOException {
    List<String> settings = new ArrayList<>(change.base());
    if (changed) {
      settings.add(change.key() + "=" + change.value());
    }
    List<String> key = new ArrayList<>(settings);
    key.add(0, change.job().name());
    if (!MADE.containsKey(key)) {
      MADE.put(key, make(change.job(), settings));
    }
    return MADE.get(key);
  }

  private static String make(Job job, List<String> settings) throws IOException {
    Path out = Files.createTempDirectory(folder, "run");
    return switch (job) {
      case STILL -> pixels(run("images", settings, Path.of(fixtures().clearing()), out, "a.png"));
      case JPEG ->
          pixels(run("images", settings, KeyFixtures.SAMPLES.resolve("clouds.png"), out, "a.jpg"));
      case TEXTS -> texts(run("images", settings, located(out), out, "a.png"));
      case NOISE -> pixels(run("images", settings, Path.of("noise:"), out, "a.png"));
      case VIDEO ->
          Videos.hashes(run("video", lossless(settings), KeyFixtures.clip(), out, "a.mkv"))
              .toString();
      case FILE -> file(run("video", settings, KeyFixtures.clip(), out, "a.mkv"));
      case FRAMES -> file(run("video", settings, fixtures().frames(), out, "a.mkv"));
      case ZOOM -> {
        Path zoom =
            run(
                "zoom",
                lossless(settings),
                KeyFixtures.SAMPLES.resolve("clouds.png"),
                out,
                "a.mkv");
        yield Videos.index(zoom).rate() + " " + Videos.hashes(zoom);
      }
    };
  }

  private static Path run(String command, List<String> settings, Path in, Path out, String name) {
    List<String> words = new ArrayList<>(List.of(command, "--quiet"));
    boolean video = command.equals("video");
    List<String> small =
        video
            ? List.of("size=64x", "octaves.count=1", "iterations=2", "video.end=0.75")
            : List.of("size=72x48", "octaves.count=2", "iterations=2", "zoom.frames=4");
    Stream.concat(small.stream(), settings.stream())
        .forEach(setting -> words.addAll(List.of("--set", setting)));
    Path file = out.resolve(name);
    words.addAll(List.of(in.toString(), file.toString()));
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return file;
  }

  private static List<String> lossless(List<String> settings) {
    return Stream.concat(Stream.of("video.codec=ffv1"), settings.stream()).toList();
  }

  private static Path located(Path out) throws IOException {
    byte[] still = Files.readAllBytes(KeyFixtures.SAMPLES.resolve("clouds.png"));
    List<TextItem> position = List.of(new TextItem("GPSLatitude", "52.5"));
    return Files.write(
        out.resolve("in.png"), StillMetadata.NONE.withTexts(position).write(still).still());
  }

  /** The texts without the settings. */
  private static String texts(Path still) throws IOException {
    return StillNotes.without(StillMetadata.read(Files.readAllBytes(still))).texts().toString();
  }

  private static String pixels(Path still) {
    return "" + Arrays.hashCode(Videos.still(still));
  }

  private static String file(Path video) {
    VideoIndex index = Videos.index(video);
    // Not the file's bytes, which contain the settings.
    return String.join(
        " ",
        index.codec(),
        index.rate().toString(),
        Arrays.toString(index.times()),
        Videos.hashes(video).toString());
  }
}
