package io.reverie.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Committed media and weights are what their README describes, byte by byte. */
class CommittedMediaTest {

  private static final String MEDIA =
      ".*\\.(mp4|jpg|png|wav|webp|pth|pt|safetensors|caffemodel|pb|zip|onnx|input)";

  /** Lines as sha256sum writes them: the hash, two spaces, the name. */
  private static List<String[]> sums(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("SHA256SUMS")).stream()
        .map(line -> line.split("  ", 2))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample-data",
        "video/src/test/media",
        "dream-core/src/test/resources",
        "jobs/src/test/resources"
      })
  void everyFileIsRecordedWithItsHashAndLicence(String name) throws IOException {
    Path folder = Path.of("..", name);
    List<String[]> sums = sums(folder);
    for (String[] sum : sums) {
      assertThat(Sha256.of(folder.resolve(sum[1]))).as(sum[1]).isEqualTo(sum[0]);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> folder.relativize(file).toString().replace('\\', '/')))
          .filteredOn(file -> file.matches(MEDIA))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(sums.stream().map(sum -> sum[1]).toList());
    }
    assertThat(Files.readString(folder.resolve("README.md"))).contains("Licence: [");
  }
}
