package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real measurements, of a size at which they take no time. */
class BenchIT {

  @TempDir private Path folder;

  @Test
  void stepsAndAClipAreMeasuredAndComparedWithAnEarlierRun() throws IOException {
    CommandLineRun first =
        CommandLineRun.of(
            "bench",
            "--size=64x36",
            "--rounds=1",
            "--clip=../video/src/test/media/clip.mp4",
            "--seconds=0.2",
            "--inbetween=1,auto",
            "--json");
    assertThat(first.code()).as(first.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(first.out());
    JsonNode step = report.path("steps").path(0);
    assertThat(step.path("layer").asText()).isEqualTo("conv4.3");
    assertThat(step.path("seconds").asDouble()).isPositive();
    assertThat(step.path("shareOfLimit").asDouble()).isPositive();
    JsonNode clip = report.path("clips").path(0);
    assertThat(clip.path("frames").asInt()).isPositive();
    assertThat(clip.path("stages").path("ascent").asDouble()).isPositive();
    assertThat(clip.path("strength").asDouble()).isPositive();
    assertThat(report.path("clips").findValuesAsText("inbetween")).containsExactly("1", "auto");
    assertThat(report.path("clips").path(1).path("stepsPerFrame").asDouble())
        .isLessThan(clip.path("stepsPerFrame").asDouble());

    Path earlier = Files.writeString(folder.resolve("before.json"), first.out());
    CommandLineRun second =
        CommandLineRun.of("bench", "--size=64x36", "--rounds=1", "--baseline=" + earlier);
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.out()).containsPattern("vs baseline").containsPattern("\\d\\.\\d\\dx");
  }

  @Test
  void mistakesAreOneSentence() throws IOException {
    assertThat(CommandLineRun.of("bench", "--size=640x").err()).contains("give width and height");
    assertThat(CommandLineRun.of("bench", "--rounds=0").err()).contains("--rounds");
    assertThat(CommandLineRun.of("bench", "--inbetween=9").err()).contains("inbetween");
    Path other = Files.writeString(folder.resolve("other.json"), "{}");
    CommandLineRun run = CommandLineRun.of("bench", "--baseline=" + other);
    assertThat(run.code()).isEqualTo(Reverie.ENVIRONMENT);
    assertThat(run.err()).contains("other.json is not a report");
  }
}
