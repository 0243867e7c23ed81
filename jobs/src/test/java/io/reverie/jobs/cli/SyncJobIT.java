package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder and its dreams, kept in step. */
class SyncJobIT {

  private static final Path SAMPLES = Path.of("../video/src/test/media");

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    put("lake.jpg", "deep/lake ü.jpg");
    put("clip.mp4", "clip.mp4");
  }

  private void put(String sample, String name) throws IOException {
    Path target = folder.resolve("in").resolve(name);
    Files.createDirectories(target.getParent());
    Files.copy(SAMPLES.resolve(sample), target);
    old(target);
  }

  private static void old(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
  }

  private CommandLineRun sync(String... words) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "sync",
                    folder.resolve("in").toString(),
                    folder.resolve("out").toString(),
                    "--octaves",
                    "1",
                    "--iterations",
                    "1",
                    "--size",
                    "64x"),
                Stream.of(words))
            .toArray(String[]::new);
    return CommandLineRun.of(all);
  }

  @Test
  void newInputsAreDreamedOnceAndBrokenOnesReported() throws IOException {
    CommandLineRun first = sync();
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("out/deep/lake ü.jpg\n", "out/clip.mp4\n");
    assertThat(first.out()).contains("2 found: 0 up to date, 2 dreamed, 0 failed");
    assertThat(folder.resolve("out/clip.mp4")).isNotEmptyFile();
    FileTime made = Files.getLastModifiedTime(folder.resolve("out/clip.mp4"));

    Path broken = Files.writeString(folder.resolve("in/broken.png"), "no image");
    CommandLineRun young = sync();
    assertThat(young.code()).isZero();
    assertThat(young.out()).contains("3 found: 2 up to date, 0 dreamed").contains("1 too new");

    old(broken);
    CommandLineRun third = sync("--json");
    assertThat(third.code()).isEqualTo(4);
    assertThat(third.err()).contains("reverie: ", "broken.png is not a readable");
    JsonNode json = new ObjectMapper().readTree(third.out());
    assertThat(json.path("done").asInt()).isEqualTo(2);
    assertThat(json.path("failed").asInt()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("out/.reverie/sync/last.json")))
        .isEqualTo(third.out());
    assertThat(Files.getLastModifiedTime(folder.resolve("out/clip.mp4"))).isEqualTo(made);
  }

  @Test
  void aQuietSyncPrintsNoNotice() {
    String[] words = {"--dry-run", "--deadline", "1", "--set", "sync.lease=none"};
    assertThat(sync(words).err()).contains("reverie: no lease was taken").hasLineCount(2);
    CommandLineRun run =
        sync(Stream.concat(Stream.of("--quiet"), Stream.of(words)).toArray(String[]::new));
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aDryRunAndMistakesLeaveNothing() {
    CommandLineRun dry = sync("--dry-run", "--include", "**.jpg");
    assertThat(dry.code()).isZero();
    assertThat(dry.out()).contains("lake ü.jpg -> ").contains("1 left, 1 excluded");
    assertThat(sync("--include", "[").code()).isEqualTo(2);
    assertThat(sync("--limit", "-1").code()).isEqualTo(2);
    assertThat(sync("--layer", "nosuch").code()).isEqualTo(3);
    CommandLineRun same =
        CommandLineRun.of("sync", folder.resolve("in").toString(), folder.resolve("in").toString());
    assertThat(same.code()).isEqualTo(2);
    assertThat(same.err()).contains("could replace inputs");
    assertThat(folder.resolve("out/deep")).doesNotExist();
  }
}
