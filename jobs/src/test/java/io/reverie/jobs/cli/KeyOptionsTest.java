package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyOptionsTest {

  @Test
  void theHelpShowsTheDefaultsOfTheReference() {
    String help = help("video");
    assertThat(help).contains("Number of octaves (default: 4).", "Random seed (default: 0).");
    assertThat(help).contains("h264, hevc, vp9, av1, prores, ffv1, mpeg4, mjpeg, gif");
    assertThat(help("zoom")).contains("Number of frames (default: 240).");
  }

  @Test
  void anOptionOfOneCommandIsNoneOfAnother() {
    assertThat(help("video")).contains("--bitrate").doesNotContain("--loop");
    assertThat(help("zoom")).contains("--loop").doesNotContain("--bitrate", "--mask");
    assertThat(help("classify")).contains("--weights").doesNotContain("--octaves");
    assertThat(help("draw")).contains("--recipe").doesNotContain("--class=", "--guide", "--layer");
  }

  @Test
  void textIsTakenLiterally() {
    assertThat(spec("--preset", "[a").err()).contains("has no preset '[a'");
    assertThat(spec("--network", "{}").err()).contains("unknown network '{}'");
  }

  @Test
  void aNumberIsYamlAndMayChangeOverTime() {
    CommandLineRun run = spec("--strength", "[{time: 0, value: 1}, {time: 2, value: 0}]");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("strength:\n- time: 0\n");
    CommandLineRun broken = spec("--strength", "[1");
    assertThat(broken.err()).startsWith("reverie: --strength: '[1' is not valid YAML");
    assertThat(broken.code()).isEqualTo(2);
  }

  @Test
  void setTakesPrecedenceOverAnOption() {
    CommandLineRun run = spec("--set", "step=3", "--step", "4");
    assertThat(run.out()).contains("step: 3.0");
  }

  @Test
  void aSwitchTakesNoValue() {
    assertThat(help("images")).contains("--strip-private Leave out GPS positions");
    CommandLineRun run =
        CommandLineRun.of("images", "--strip-private", "no-such-file.png", "a.png");
    assertThat(run.err()).contains("no-such-file.png");
  }

  private static CommandLineRun spec(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "spec";
    System.arraycopy(words, 0, all, 1, words.length);
    return CommandLineRun.of(all);
  }

  /** On one line, whatever the width of the terminal. */
  private static String help(String command) {
    return CommandLineRun.of(command, "--help").out().replaceAll("\\s+", " ");
  }
}
