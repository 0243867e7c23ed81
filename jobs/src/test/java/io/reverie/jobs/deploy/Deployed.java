package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.jobs.cli.CommandLineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in deploy/. */
final class Deployed {

  static final Path FOLDER = Path.of("../deploy").toAbsolutePath().normalize();

  private Deployed() {}

  static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> files() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".pyc"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That Reverie takes the words, where it has the command by now. */
  static void assertUnderstood(List<String> words) {
    assumeTrue(CommandLineRun.knows(words.get(0)), words.get(0) + " is no command yet");
    assertThatCode(() -> CommandLineRun.parse(words)).doesNotThrowAnyException();
  }
}
