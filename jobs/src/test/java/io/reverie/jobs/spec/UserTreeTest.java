package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserTreeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "step: 1\\nstep: 2 | the key 'step' twice (line 2)",
        "octaves: {count: 1, count: 2} | the key 'count' twice",
        "step: 1\\n---\\nstep: 2 | it has several documents; keep one",
        "step: 1\\n---\\n | it has several documents; keep one",
        "a: 'b | while scanning a quoted scalar"
      })
  void ambiguousYamlIsRejectedInOneLine(String yaml, String reason) {
    assertThatThrownBy(() -> UserTree.ofYaml(yaml.replace("\\n", "\n"), "a.yaml"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("a.yaml is not valid YAML: ")
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"cuts\": [1], \"cuts\": [2]} | the key 'cuts' twice",
        "{\"cuts\": [1]} {\"cuts\": [2]} | it has several documents",
        "{\"cuts\": [1} | Unexpected close marker"
      })
  void ambiguousJsonIsRejectedInOneLine(String json, String reason) {
    assertThatThrownBy(() -> UserTree.ofJson(json, "--cuts a.json"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void oneDocumentIsReadWithItsMarks() {
    assertThat(UserTree.ofYaml("--- # mine\nstep: 1\n...\n", "x").path("step").asInt())
        .isEqualTo(1);
    assertThat(UserTree.ofYaml("# nothing\n", "x").isMissingNode()).isTrue();
  }

  @Test
  void aSettingIsOneValueToo() {
    assertThatThrownBy(
            () -> SpecLoader.load(Optional.empty(), List.of("octaves={count: 1, count: 2}")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void aHugeKeyIsShortenedQuickly() {
    String key = "octaves.count".repeat(80_000);
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> SpecLoader.load(Optional.empty(), List.of(key + "=1")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("characters...]")
                .hasMessageContaining("did you mean")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500)));
  }
}
