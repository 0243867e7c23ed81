package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forecast of a dry run, from real trials. */
class ForecastIT {

  private static final String LAKE = "../sample-data/lake.jpg";
  private static final String CLIP = "../sample-data/clip.mp4";

  @TempDir private Path folder;

  @Test
  void aDryRunOfAnImageTellsTimeMemoryAndMoneyAndWritesNothing() throws IOException {
    CommandLineRun run =
        dryRun("images", LAKE, "a.png", "--executors", "3", "--price-core-hour", "3600");
    assertThat(run.err()).contains("here ", "3 executors ", "memory ", "disk ", "costs ");
    JsonNode forecast = new ObjectMapper().readTree(run.out()).path("forecast");
    JsonNode here = forecast.path("estimates").path(0);
    assertThat(forecast.path("frames").asInt()).isEqualTo(1);
    assertThat(here.path("wallSeconds").asDouble()).isPositive();
    // One unit of money for each second of a core.
    assertThat(here.path("money").asDouble())
        .isBetween(
            1.99 * here.path("wallSeconds").asDouble(), 2.01 * here.path("wallSeconds").asDouble());
    assertThat(forecast.path("taskMemoryBytes").asLong()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aVideoAndAZoomHaveAForecastToo() throws IOException {
    for (CommandLineRun run :
        new CommandLineRun[] {
          dryRun("video", CLIP, "a.mp4"), dryRun("zoom", LAKE, "a.mp4", "--frames", "20")
        }) {
      JsonNode forecast = new ObjectMapper().readTree(run.out()).path("forecast");
      assertThat(forecast.path("frames").asInt()).isBetween(20, 36);
      assertThat(forecast.path("resultBytes").asLong()).isPositive();
    }
  }

  @Test
  void optionsOfTheForecastNeedADryRunAndSensibleValues() {
    String out = folder.resolve("a.png").toString();
    assertThat(CommandLineRun.of("images", "--executors", "4", LAKE, out).err())
        .contains("--executors asks for a forecast; add --dry-run");
    assertThat(CommandLineRun.of("images", "--dry-run", "--executors", "0", LAKE, out).err())
        .contains("--executors must be 1 or more, not 0");
    assertThat(CommandLineRun.of("images", "--dry-run", "--price-core-hour", "-1", LAKE, out).err())
        .contains("--price-core-hour must be 0 or more");
  }

  @Test
  void aResultOfOtherSettingsIsKeptNamedAndNotASuccess() throws IOException {
    String out = folder.resolve("a.png").toString();
    assertThat(small("images", LAKE, out).code()).isZero();
    byte[] before = Files.readAllBytes(Path.of(out));
    assertThat(small("images", LAKE, out).code()).isZero();
    CommandLineRun other = small("images", "--strength", "0.5", LAKE, out);
    assertThat(other.code()).isEqualTo(4);
    assertThat(other.err()).contains("made with other settings (strength 1.0, now 0.5)");
    assertThat(Path.of(out)).hasBinaryContent(before);
  }

  private CommandLineRun dryRun(String command, String input, String output, String... more) {
    String[] words = new String[more.length + 7];
    words[0] = command;
    words[1] = "--dry-run";
    words[2] = "--json";
    words[3] = "--iterations=2";
    words[4] = "--size=96x";
    System.arraycopy(more, 0, words, 5, more.length);
    words[more.length + 5] = input;
    words[more.length + 6] = folder.resolve(output).toString();
    CommandLineRun run = CommandLineRun.of(words);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static CommandLineRun small(String command, String... more) {
    String[] words = new String[more.length + 3];
    words[0] = command;
    words[1] = "--iterations=1";
    words[2] = "--size=96x";
    System.arraycopy(more, 0, words, 3, more.length);
    return CommandLineRun.of(words);
  }
}
