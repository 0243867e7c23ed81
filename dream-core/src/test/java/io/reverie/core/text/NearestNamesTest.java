package io.reverie.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {

  private static final List<String> NAMES =
      List.of("creatures", "eyes", "faces", "petals", "squeezenet1_0", "squeezenet1_1", "all");

  @ParameterizedTest
  @CsvSource({
    "creatres, creatures",
    "Creatures, creatures",
    "crea, creatures",
    "pteals, petals",
    "squeezenet, squeezenet1_0",
    "fces, faces",
  })
  void aTypingErrorHasAQuestion(String wanted, String meant) {
    assertThat(NearestNames.question(NAMES, wanted))
        .isEqualTo(" (did you mean '%s'?)".formatted(meant));
  }

  @ParameterizedTest
  @CsvSource({"raft", "unicorns", "x", "ab", "''", "landscape"})
  void anotherWordHasNone(String wanted) {
    assertThat(NearestNames.question(NAMES, wanted)).isEmpty();
  }

  @Test
  void theNearestComeFirst() {
    assertThat(NearestNames.of(NAMES, "squeezenet1_1"))
        .startsWith("squeezenet1_1, squeezenet1_0, ");
  }

  @Test
  void oneIsSingular() {
    assertThat(Count.of(1, "frame")).isEqualTo("1 frame");
    assertThat(Count.of(0, "frame")).isEqualTo("0 frames");
    assertThat(Count.of(36, "frame")).isEqualTo("36 frames");
  }
}
