package io.reverie.video.encode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** ImageMagick's identify, a reader of animations that shares no code with FFmpeg. */
final class Identify {

  private static final Path PROGRAM = Path.of("/usr/bin/identify");

  private Identify() {}

  /** Returns what it prints for a format of all pictures; skips the test if it is not installed. */
  static String of(Path file, String format) throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), "identify is not installed");
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-format", format, file.toString()).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
