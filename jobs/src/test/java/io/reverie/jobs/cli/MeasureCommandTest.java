package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What {@code reverie measure} prints, by the example of a clip that is its own dream. */
class MeasureCommandTest {

  private static final String CLIP = "../video/src/test/media/clip.mp4";

  @Test
  void thePublishedWarpingErrorIsPrintedOnRequest() throws IOException {
    CommandLineRun run = CommandLineRun.of("measure", "--json", "--protocol", "lai", CLIP, CLIP);
    JsonNode measured = new ObjectMapper().readTree(run.out());
    assertThat(measured.path("flicker").asDouble()).isZero();
    assertThat(measured.path("warpingError").asDouble()).isBetween(1e-6, 0.01);
    assertThat(measured.path("warpingError")).isEqualTo(measured.path("sourceWarpingError"));
  }

  @Test
  void withoutItTheMeasuresAreReveriesOwn() {
    assertThat(CommandLineRun.of("measure", CLIP, CLIP).out())
        .contains("flicker   0")
        .doesNotContain("warpingError");
  }

  @Test
  void anUnknownProtocolIsReportedWithTheKnownOnes() {
    CommandLineRun run = CommandLineRun.of("measure", "--protocol", "liu", CLIP, CLIP);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).containsIgnoringCase("reverie or lai").doesNotContain("\tat ");
  }
}
