package io.reverie.video.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.BareJvm;
import io.reverie.video.Colour;
import io.reverie.video.Frame;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs another process, because encoders print past Java. */
class QuietEncodersIT {

  @TempDir private Path folder;

  /** Encodes a few frames and prints one line of its own. */
  static final class Encoding {
    public static void main(String[] words) {
      OutputFormat format =
          OutputFormat.of(
              "o.mkv",
              new EncodeOptions(
                  Optional.of(words[0]),
                  OptionalInt.empty(),
                  OptionalLong.empty(),
                  Optional.empty()));
      Rational unit = new Rational(1, 25);
      SegmentFormat frames =
          new SegmentFormat(new Size(64, 48), unit, unit.inverse(), Colour.UNSPECIFIED, 8, false);
      try (SegmentWriter writer = new SegmentWriter(Path.of(words[1]), format, frames)) {
        for (int i = 0; i < 3; i++) {
          writer.write(new Frame(64, 48, new float[64 * 48 * 3], Optional.empty(), i, false));
        }
      }
      System.err.println("encoded");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"av1", "vp9", "h264"})
  void encodersPrintNothing(String codec) throws IOException, InterruptedException {
    ProcessBuilder encoding = BareJvm.of(Encoding.class);
    encoding.command().addAll(List.of(codec, folder.resolve("o.nut").toString()));
    // The launcher's silence; a library has no launcher.
    encoding.environment().remove("SVT_LOG");
    Process process = encoding.redirectErrorStream(true).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed.lines().filter(line -> !line.startsWith("SLF4J")))
        .containsExactly("encoded");
  }
}
