package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the completion script in bash. */
class CompletionIT {

  @TempDir private Path folder;

  /** What bash offers for the last of the words. */
  private String completed(String... words) throws IOException {
    Path script = folder.resolve("completion.bash");
    Files.writeString(
        script,
        CommandLineRun.of("generate-completion").out()
            + "compopt() { :; }\n"
            + "COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_reverie\n"
            + "echo \"${COMPREPLY[@]}\"\n");
    String[] line = new String[words.length + 2];
    line[0] = "bash";
    line[1] = script.toString();
    System.arraycopy(words, 0, line, 2, words.length);
    Process bash = new ProcessBuilder(line).redirectErrorStream(true).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void commandsOptionsAndValuesAreCompleted() throws IOException {
    assertThat(completed("reverie", "vid")).isEqualTo("video");
    assertThat(completed("reverie", "video", "--over")).isEqualTo("--overwrite");
    assertThat(completed("reverie", "video", "--recipe", "engr")).isEqualTo("engraving");
    assertThat(completed("reverie", "images", "--preset", "creat")).isEqualTo("creatures");
  }
}
