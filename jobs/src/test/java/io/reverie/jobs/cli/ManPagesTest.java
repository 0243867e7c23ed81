package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {

  @TempDir private Path folder;

  @Test
  void everyCommandHasAPageWithItsOptionsAndExamples() throws IOException {
    ManPages.main(new String[] {folder.toString()});
    List<String> commands = HelpTest.commands().map(command -> command.name()).toList();
    for (String command : commands) {
      assertThat(Files.readString(folder.resolve("reverie-" + command + ".adoc")))
          .contains("= reverie-" + command + "(1)", "== Synopsis", "  reverie ");
    }
    try (Stream<Path> pages = Files.list(folder)) {
      assertThat(pages).hasSize(commands.size() + 1);
    }
    assertThat(Files.readString(folder.resolve("reverie-video.adoc")))
        .containsSubsequence(
            "==  What to dream:", "*--recipe*=_RECIPE_", "==  Output:", "== Examples", "....\n");
  }
}
