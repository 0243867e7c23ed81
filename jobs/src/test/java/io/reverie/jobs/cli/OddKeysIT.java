package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.OddBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket whose keys try to get out of the folder that they are dreamed into. */
class OddKeysIT {

  private static OddBucket bucket;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    bucket = new OddBucket(Files.readAllBytes(Path.of("../video/src/test/media/clouds.png")));
  }

  @AfterAll
  static void stop() {
    bucket.close();
  }

  @Test
  void imagesWritesNothingOutsideOfItsOutputNorDoesASecondRun() throws IOException {
    for (String first : List.of("--quiet", "--overwrite")) {
      assertOnlyPlainKeysAreDreamed(
          run("images", first, "s3a://odd-images", folder.resolve("a/b/out").toString()));
    }
  }

  @Test
  void syncWritesNothingOutsideOfItsOutput() throws IOException {
    assertOnlyPlainKeysAreDreamed(
        run("sync", "--quiet", "s3a://odd-sync/", folder.resolve("a/b/out").toString()));
  }

  private void assertOnlyPlainKeysAreDreamed(CommandLineRun run) throws IOException {
    Path out = folder.resolve("a/b/out");
    assertThat(run.code()).as(run.err()).isEqualTo(4);
    assertThat(run.err().lines().filter(line -> line.endsWith("rename the object")))
        .hasSize(OddBucket.ODD.size());
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).filter(f -> f.toString().endsWith(".png")))
          .containsExactlyInAnyOrderElementsOf(
              OddBucket.PLAIN.stream()
                  .filter(key -> !key.startsWith("."))
                  .map(out::resolve)
                  .toList());
    }
  }

  private static CommandLineRun run(String... words) {
    String fs = "spark.hadoop.fs.s3a.";
    Stream<String> settings =
        Stream.of(
            "endpoint=" + bucket.uri(),
            "endpoint.region=us-east-1",
            "path.style.access=true",
            "access.key=access",
            "secret.key=secret");
    Stream<String> small =
        Stream.of("--size", "32x", "--octaves", "1", "--iterations", "1", "--strength", "0");
    Stream<String> spark =
        Stream.concat(
            Stream.of("--", "--master", "local[2,4]"),
            settings.flatMap(setting -> Stream.of("--conf", fs + setting)));
    return CommandLineRun.of(
        Stream.of(Arrays.stream(words), small, spark).flatMap(all -> all).toArray(String[]::new));
  }
}
