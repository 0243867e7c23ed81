package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts as containers have them: a number without a name, a home or an environment. */
class AccountsIT {

  private static final Path SAMPLES =
      Path.of("../video/src/test/media").toAbsolutePath().normalize();
  private static final String PROGRAM = Deployed.FOLDER.resolve("bin/reverie").toString();
  private static final String CLUSTER = Deployed.FOLDER.resolve("bin/cluster").toString();
  private static final String QUICK =
      " --quiet --strength 0 --iterations 1 --octaves 1 --size 64x ";

  private static final int ONE = 12345;
  private static final int ANOTHER = 12346;

  @TempDir private Path folder;

  private Path temporary;

  @BeforeEach
  void open() throws Exception {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    assumeThat(Program.isInstalled("setpriv")).isTrue();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.setAttribute(temporary, "unix:mode", 01777);
    // The checkout may be in a folder that only root can enter.
    assumeThat(as(ONE, "cat '%s' >/dev/null".formatted(PROGRAM)).code()).isZero();
  }

  /** A folder of the user's own. */
  private Path own(int user) throws IOException {
    Path own = folder.resolve("own-" + user);
    if (!Files.exists(own)) {
      Files.setAttribute(Files.createDirectory(own), "unix:uid", user);
    }
    return own;
  }

  /** Runs a line of bash in the user's folder. */
  private Program as(int user, String line) throws Exception {
    String number = String.valueOf(user);
    String path = "PATH=" + System.getenv("PATH");
    String here = "cd '%s'; %s".formatted(own(user), line);
    return Program.run(
        Map.of(),
        List.of(
            "setpriv",
            "--reuid=" + number,
            "--regid=" + number,
            "--clear-groups",
            "env",
            "-i",
            path,
            "TMPDIR=" + temporary,
            "bash",
            "-c",
            here));
  }

  private static void succeeded(Program run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyJobWorksAndLeavesNothingButItsResults() throws Exception {
    Path own = own(ONE);
    Files.createDirectory(own.resolve("in"));
    Path copy = Files.copy(SAMPLES.resolve("lake.jpg"), own.resolve("in/lake.jpg"));
    // sync waits for younger files.
    Files.setLastModifiedTime(copy, FileTime.from(Instant.EPOCH));
    String lake = "in/lake.jpg ";
    for (String words :
        List.of(
            "images" + QUICK + lake + "a.png",
            "video" + QUICK + "--end 0.2 '" + SAMPLES.resolve("clip.mp4") + "' a.mp4",
            "zoom" + QUICK + "--frames 2 " + lake + "a.gif",
            "sync" + QUICK + "in out",
            "draw --quiet --iterations 1 --octaves 1 --size 64x fish fish.png")) {
      succeeded(as(ONE, "'%s' %s".formatted(PROGRAM, words)));
    }
    assertThat(names(own))
        .containsExactly(
            "a.gif",
            "a.gif.json",
            "a.mp4",
            "a.mp4.json",
            "a.png",
            "a.png.json",
            "fish.png",
            "fish.png.json",
            "in",
            "out");
    assertThat(names(own.resolve("out"))).contains("lake.jpg");
    assertThat(names(temporary)).isEmpty();
  }

  @Test
  void twoUsersShareAFolderForTemporaryFiles() throws Exception {
    String words = "images" + QUICK + "'%s' a.png".formatted(SAMPLES.resolve("lake.jpg"));
    for (int user : List.of(ONE, ANOTHER)) {
      succeeded(as(user, "'%s' %s".formatted(PROGRAM, words)));
      assertThat(own(user).resolve("a.png")).isNotEmptyFile();
    }
  }

  /** Spark's daemons, spark-submit and executors ask for the user's name before our code runs. */
  @Test
  void aClusterWorks() throws Exception {
    String run = own(ONE).resolve("cluster").toString();
    Program started = as(ONE, "'%s' start --run '%s' --workers 1 --port 0".formatted(CLUSTER, run));
    assertThat(started.code()).as(started.err()).isZero();
    try {
      Program images =
          as(
              ONE,
              "SPARK_HOME='%s/home' '%s' images %s '%s' '%s' -- --master %s --conf spark.executor.memory=1g"
                  .formatted(
                      run,
                      PROGRAM,
                      QUICK,
                      SAMPLES.resolve("lake.jpg"),
                      own(ONE).resolve("a.png"),
                      started.out().strip()));
      succeeded(images);
      assertThat(own(ONE).resolve("a.png")).isNotEmptyFile();
      // The executor's libraries, too, were unpacked where no other user can write.
      assertThat(names(temporary)).noneMatch(name -> name.startsWith("."));
    } finally {
      as(ONE, "'%s' stop --run '%s'".formatted(CLUSTER, run));
    }
  }

  @Test
  void anUnreadableFolderIsNamedAndTheRestIsDreamed() throws Exception {
    Path in = Files.createDirectory(own(ONE).resolve("in"));
    Files.copy(SAMPLES.resolve("lake.jpg"), in.resolve("lake.jpg"));
    Files.createDirectory(
        in.resolve("lost+found"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Program run = as(ONE, "'%s' images %s in out".formatted(PROGRAM, QUICK));
    assertThat(run.err())
        .isEqualTo(
            "reverie: in/lost+found: permission denied; grant read access or run as another user\n");
    assertThat(run.code()).isEqualTo(4);
    assertThat(names(own(ONE).resolve("out"))).containsExactly("lake.jpg", "lake.jpg.json");
  }
}
