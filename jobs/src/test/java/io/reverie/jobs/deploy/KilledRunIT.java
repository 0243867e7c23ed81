package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.cli.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that write to S3 and are killed: nothing half-made is left at the result's key, and what was
 * finished is not done again.
 */
class KilledRunIT {

  private static final Path CLIP = Path.of("../sample-data/clip.mp4").toAbsolutePath().normalize();

  private static final String WORK = "out/.reverie/work/";
  private static final String OUT = "out/clip.mkv";

  /** The first chunk of a segment's frames, or of the frames that it has for a seam. */
  private static final Pattern FIRST_CHUNK =
      Pattern.compile(".*/(?:side-\\d+-)?(segment-\\d+)-000");

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

  private RunningProgram dream() throws IOException {
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
  private RunningProgram reverie(List<String> ours, Map<String, String> settings)
      throws IOException {
    List<String> words = new ArrayList<>();
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
