package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Colour;
import io.reverie.video.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HDR videos are dreamed as a standard display shows them, and stay HDR. */
class HdrVideoIT {

  @TempDir private Path folder;

  private Path clip(String transfer) throws Exception {
    Path ffmpeg = Path.of("/usr/bin/ffmpeg");
    Assumptions.assumeTrue(Files.isExecutable(ffmpeg));
    Path clip = folder.resolve(transfer + ".mkv");
    String words =
        "-nostdin -v error -y -f lavfi -i testsrc2=size=96x54:rate=10:duration=0.4 -c:v libx265"
            + " -x265-params log-level=none -pix_fmt yuv420p10le -color_primaries bt2020"
            + " -colorspace bt2020nc -color_trc "
            + transfer;
    List<String> command = new ArrayList<>(List.of(ffmpeg.toString()));
    command.addAll(List.of(words.split(" ", -1)));
    command.add(clip.toString());
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    return clip;
  }

  private static CommandLineRun dream(Path clip, Path out, String... more) {
    List<String> words =
        new ArrayList<>(List.of("video", "--iterations", "2", "--octaves", "1", clip.toString()));
    words.add(out.toString());
    words.addAll(1, List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"smpte2084", "arib-std-b67"})
  void withoutStrengthTheSourceComesBackBitForBit(String transfer) throws Exception {
    Path clip = clip(transfer);
    Path out = folder.resolve("same.mkv");
    CommandLineRun run = dream(clip, out, "--strength", "0", "--codec", "ffv1");
    assertThat(run.code()).as(run.err()).isZero();
    List<Frame> source = Videos.frames(clip);
    List<Frame> result = Videos.frames(out);
    assertThat(result).hasSameSizeAs(source);
    for (int i = 0; i < source.size(); i++) {
      assertThat(result.get(i).rgb()).containsExactly(source.get(i).rgb());
    }
    assertThat(Videos.index(out).colour().transfer())
        .isEqualTo(Videos.index(clip).colour().transfer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"o.gif", "o.webp", "o.apng", "o.avi", "%02d.png"})
  void aFormatThatCannotMarkHdrGetsAStandardPicture(String name) throws Exception {
    CommandLineRun run = dream(clip("smpte2084"), folder.resolve(name));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("so its colours were mapped to a standard display");
  }

  @Test
  void aDryRunAndTheSidecarNameTheOtherStreams() throws IOException {
    Path clip = Path.of("../video/src/test/media/clip.mp4");
    Path out = folder.resolve("out.mp4");
    assertThat(dream(clip, out, "--dry-run").out()).contains("copied stream 1 (audio, ");
    CommandLineRun run = dream(clip, out, "--end", "0.2");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(folder.resolve("out.mp4.json")))
        .contains("\"streams\" : [ \"copied stream 1 (audio, ");
    assertThat(Videos.index(out).colour().transfer()).isNotEqualTo(Colour.PQ);
  }
}
