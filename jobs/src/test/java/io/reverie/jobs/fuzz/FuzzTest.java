package io.reverie.jobs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A few seconds of what {@code tools/fuzz} does for hours, so that it keeps working; and all inputs
 * that it has found.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class FuzzTest {

  private static final Path FOUND = Path.of("src/test/resources/io/reverie/jobs/fuzz");

  private static final long SEED = 1;

  @TempDir private Path folder;

  private Trial trial(Parser.Kind kind) throws IOException {
    return new Trial(kind.parser(), Room.at(folder));
  }

  private static void assertNothingFound(Trial trial, byte[] input, String what) {
    Optional<Finding> found = trial.run(input);
    assertThat(found)
        .describedAs(
            () -> what + " " + HexFormat.of().formatHex(input, 0, Math.min(4096, input.length)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "WEIGHTS, 4000",
    "ONNX, 3000",
    "NOTES, 2000",
    "YAML, 600",
    "STILLS, 1500",
    "VIDEO, 150"
  })
  void changedInputsAreReadOrRefusedInOneSentence(Parser.Kind kind, int inputs) throws IOException {
    Trial trial = trial(kind);
    List<byte[]> seeds = kind.parser().seeds(trial.room());
    Mutator mutator = new Mutator(SEED, seeds, kind.parser().words());
    for (int i = 0; i < inputs; i++) {
      assertNothingFound(trial, mutator.next(), kind + " " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasFoundStaysMended(Parser.Kind kind) throws IOException {
    Trial trial = trial(kind);
    for (byte[] seed : kind.parser().seeds(trial.room())) {
      assertNothingFound(trial, seed, "seed");
    }
    Path found = FOUND.resolve(kind.toString());
    if (Files.isDirectory(found)) {
      try (Stream<Path> files = Files.list(found)) {
        for (Path file : files.sorted().toList()) {
          assertNothingFound(trial, Files.readAllBytes(file), file.toString());
        }
      }
    }
  }
}
