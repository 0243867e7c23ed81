package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The installed ImageMagick, which composes animations by itself. */
public final class ImageMagick {

  private static final Path CONVERT = Path.of("/usr/bin/convert");

  private ImageMagick() {}

  public static boolean isInstalled() {
    return Files.isExecutable(CONVERT);
  }

  /** Returns what {@code convert} writes to its standard output. */
  public static byte[] convert(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(CONVERT.toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] out = process.getInputStream().readAllBytes();
    try {
      assertThat(process.waitFor()).as("%s", command).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return out;
  }
}
