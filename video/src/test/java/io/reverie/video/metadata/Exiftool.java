package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An independent reader and writer of metadata, where it is installed. */
final class Exiftool {

  private static final Path PROGRAM = Path.of("/usr/bin/exiftool");

  private Exiftool() {}

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  static byte[] bytes(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] out = process.getInputStream().readAllBytes();
    try {
      assertThat(process.waitFor()).as(command.toString()).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return out;
  }

  static String text(Path folder, String... arguments) throws IOException {
    return new String(bytes(folder, arguments), UTF_8).strip();
  }
}
