package io.reverie.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleDataTest {

  private static final Path FOLDER = Path.of("..", "sample-data");

  /** Lines as sha256sum writes them: the hash, two spaces, the name. */
  private static List<String[]> sums() throws IOException {
    return Files.readAllLines(FOLDER.resolve("SHA256SUMS")).stream()
        .map(line -> line.split("  ", 2))
        .toList();
  }

  @Test
  void everySampleHasItsRecordedHash() throws IOException {
    for (String[] sum : sums()) {
      assertThat(Sha256.of(FOLDER.resolve(sum[1]))).as(sum[1]).isEqualTo(sum[0]);
    }
  }

  @Test
  void everySampleIsRecorded() throws IOException {
    List<String> recorded = sums().stream().map(sum -> sum[1]).toList();
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.matches(".*\\.(mp4|jpg|png|wav|webp)"))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(recorded);
    }
  }
}
