package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of sync, which change no result, change which inputs sync takes. */
class SyncKeysIT {

  static final Set<String> KEYS = Set.of("sync.minAge", "sync.attempts", "sync.lease");

  private static final int AGE = 600;

  @TempDir private Path folder;

  @BeforeEach
  void writeABrokenInput() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("in")).resolve("broken.png");
    Files.writeString(broken, "not an image");
    Files.setLastModifiedTime(broken, FileTime.from(Instant.now().minusSeconds(AGE)));
  }

  @Test
  void anInputYoungerThanMinAgeWaits() throws IOException {
    JsonNode waiting = sync("sync.minAge=" + 2 * AGE);
    assertThat(waiting.path("young").asInt(-1)).isEqualTo(1);
    assertThat(waiting.path("failed").asInt(-1)).isZero();

    JsonNode taken = sync("sync.minAge=" + AGE / 2);
    assertThat(taken.path("young").asInt(-1)).isZero();
    assertThat(taken.path("failed").asInt(-1)).isEqualTo(1);
  }

  @Test
  void anInputIsQuarantinedAfterAttemptsFailures() throws IOException {
    for (int attempt = 1; attempt <= 2; attempt++) {
      JsonNode failing = sync("sync.attempts=2");
      assertThat(failing.path("failed").asInt(-1)).isEqualTo(1);
      assertThat(failing.path("quarantined").asInt(-1)).isZero();
    }
    JsonNode skipping = sync("sync.attempts=2");
    assertThat(skipping.path("failed").asInt(-1)).isZero();
    assertThat(skipping.path("quarantined").asInt(-1)).isEqualTo(1);

    assertThat(sync("sync.attempts=3").path("failed").asInt(-1)).isEqualTo(1);
  }

  @Test
  void quarantinedInputsFailARunOnlyIfTheUserWantsThat() {
    assertThat(code()).isEqualTo(4);
    assertThat(code()).as("nothing new failed").isZero();
    assertThat(code("--fail-on-quarantine")).isEqualTo(4);
    assertThat(code("--fail-on-quarantine", "--dry-run")).isEqualTo(4);
    assertThat(code("--fail-on-quarantine", "--exclude", "**.png")).as("none is there").isZero();
  }

  private int code(String... options) {
    List<String> words = new ArrayList<>(List.of("sync", "--set", "sync.attempts=1"));
    words.addAll(List.of(options));
    words.addAll(List.of(folder.resolve("in").toString(), folder.resolve("out").toString()));
    return CommandLineRun.of(words.toArray(String[]::new)).code();
  }

  @Test
  void withoutALeaseNoneIsTakenAndTheReportSaysSo() throws IOException {
    Path lease = folder.resolve("out/.reverie/sync/lease");
    assertThat(sync("sync.lease=none").path("notices").toString()).contains("no lease was taken");
    assertThat(lease).doesNotExist();
    assertThat(sync("sync.lease=auto").path("notices")).isEmpty();
    assertThat(lease).exists();
  }

  private JsonNode sync(String setting) throws IOException {
    String in = folder.resolve("in").toString();
    String out = folder.resolve("out").toString();
    return new ObjectMapper()
        .readTree(CommandLineRun.of("sync", "--json", "--set", setting, in, out).out());
  }
}
