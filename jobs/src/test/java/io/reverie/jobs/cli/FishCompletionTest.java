package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FishCompletionTest {

  private final String script = CommandLineRun.of("generate-completion", "fish").out();

  @Test
  void everyCommandIsOffered() {
    HelpTest.commands()
        .forEach(
            command ->
                assertThat(script)
                    .contains("-n __fish_use_subcommand -a " + command.name() + " -d '"));
  }

  @Test
  void choicesAreClosedAndFilesAreNot() {
    String video = "complete -c reverie -n '__fish_seen_subcommand_from video' ";
    assertThat(script)
        .contains(video + "-l colours -x -a 'all luma chroma muted' -d '")
        .contains(video + "-l network -r -a 'embedded alexnet ")
        .contains(video + "-l config -r -d '")
        .contains(video + "-l overwrite -d 'Overwrite existing results'")
        .contains(
            "-l layer -r -d 'Layers to amplify, separated by commas (default: the network\\'s)'");
  }

  @Test
  void hiddenOptionsAreNotOffered() {
    assertThat(script).doesNotContain("__fish_seen_subcommand_from draw' -l layer");
  }
}
