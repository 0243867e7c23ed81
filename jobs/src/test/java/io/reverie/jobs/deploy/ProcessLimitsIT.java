package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system does not give a process is told in one sentence; what it need not give, too. */
class ProcessLimitsIT {

  private static final String DREAM =
      "images --quiet --strength 0 --iterations 1 --octaves 1 --size 64x '%s'"
          .formatted(Path.of("../video/src/test/media/lake.jpg").toAbsolutePath().normalize());

  @TempDir private Path folder;

  private Program under(String limits, Map<String, String> environment) throws Exception {
    String line =
        "%s '%s' %s '%s'"
            .formatted(
                limits, Deployed.FOLDER.resolve("bin/reverie"), DREAM, folder.resolve("a.png"));
    return Program.run(environment, List.of("bash", "-c", line));
  }

  private static void isToldInOneSentence(Program run, String... words) {
    assertThat(run.err()).startsWith("reverie: ").contains(words).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(3);
  }

  @Test
  void aHeapThatIsTooSmall() throws Exception {
    isToldInOneSentence(
        under("", Map.of("REVERIE_MEMORY", "64m")), "heap of 64 MB", "REVERIE_MEMORY=512m");
  }

  @Test
  void tooLittleMemoryForTheJvm() throws Exception {
    isToldInOneSentence(under("ulimit -v 500000;", Map.of()), "Java cannot start", "ulimit -v");
  }

  @Test
  void tooFewOpenFiles() throws Exception {
    isToldInOneSentence(under("ulimit -n 64;", Map.of()), "64 files", "ulimit -n");
  }

  @Test
  void tooFewThreads() throws Exception {
    isToldInOneSentence(under("ulimit -u 100;", Map.of()), "100 processes", "ulimit -u");
  }

  @Test
  void noFolderForTemporaryFiles() throws Exception {
    isToldInOneSentence(
        under("", Map.of("TMPDIR", folder.resolve("none").toString())), "no such folder", "TMPDIR");
  }

  /** The libraries' own paths among the temporary files were taken by somebody else before. */
  @Test
  void aUserWithoutANameAndAHomeDreamsAndLeavesNothing() throws Exception {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.createDirectories(temporary.resolve(".djl.ai"));
    Files.createDirectories(temporary.resolve(".javacpp-?/cache"));
    for (Path open : List.of(folder, temporary)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    Program run =
        under(
            "exec setpriv --reuid=12345 --regid=12345 --clear-groups env HOME=/ TMPDIR='%s'"
                    .formatted(temporary)
                + " PATH=\"$PATH\" bash -c 'exec \"$@\"' -",
            Map.of());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(names(temporary)).containsExactlyInAnyOrder(".djl.ai", ".javacpp-?");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
