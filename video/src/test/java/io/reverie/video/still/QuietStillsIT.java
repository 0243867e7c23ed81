package io.reverie.video.still;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.BareJvm;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs another process, because native libraries print past Java. */
class QuietStillsIT {

  private static final int MUTATIONS = 60;

  @TempDir private Path folder;

  /** Reads damaged stills and prints one line of its own. */
  static final class Reading {
    public static void main(String[] names) throws IOException {
      Random random = new Random(1);
      for (String name : names) {
        byte[] whole = Files.readAllBytes(Path.of(name));
        for (int i = 0; i < MUTATIONS; i++) {
          byte[] bytes = whole.clone();
          for (int wrong = 0; wrong <= i % 20; wrong++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
          }
          read(Files.write(Path.of(name + ".damaged"), bytes));
        }
      }
      System.err.println("all are read");
    }

    private static void read(Path still) {
      try {
        Stills.read(MediaSource.of(still));
      } catch (MediaException e) {
        // Other tests check the message.
        return;
      }
    }
  }

  private String still(String name) throws IOException {
    Frame frame = new Frame(64, 48, new float[64 * 48 * 3], Optional.empty(), 0, false);
    for (int i = 0; i < frame.rgb().length; i++) {
      frame.rgb()[i] = i * 37 % 256;
    }
    Path still = folder.resolve(name);
    return Files.write(still, Stills.encode(frame, name, 8, 90)).toString();
  }

  @Test
  void damagedFilesPrintNothing() throws IOException, InterruptedException {
    ProcessBuilder reading = BareJvm.of(Reading.class);
    for (String name : List.of("a.png", "a.jpg", "a.tif", "a.webp")) {
      reading.command().add(still(name));
    }
    // The launcher's silence; a library has no launcher.
    reading.environment().remove("OPENCV_LOG_LEVEL");
    Process process = reading.redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(process.waitFor()).isZero();
    assertThat(printed.lines().filter(line -> !line.startsWith("SLF4J")))
        .containsExactly("all are read");
  }
}
