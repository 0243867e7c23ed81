package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameSequenceOutputTest {

  @TempDir private Path folder;

  @Test
  void knowsNumberedNames() {
    assertThat(FrameSequenceOutput.isNumbered("out/%05d.png")).isTrue();
    assertThat(FrameSequenceOutput.isNumbered("%d.JPG")).isTrue();
    assertThat(FrameSequenceOutput.isNumbered("a%04db.tif")).isTrue();
    assertThat(FrameSequenceOutput.isNumbered("out.png")).isFalse();
    assertThat(FrameSequenceOutput.isNumbered("%05d.mp4")).isFalse();
    assertThat(FrameSequenceOutput.isNumbered("%05d/still.png")).isFalse();
    assertThat(FrameSequenceOutput.isNumbered("%d-%d.png")).isFalse();
  }

  @Test
  void numbersFilesAsThePatternSays() {
    assertThat(FrameSequenceOutput.file("100%/f_%04d.png", 12)).hasToString("100%/f_0012.png");
    assertThat(FrameSequenceOutput.file("%d.jpg", 123456)).hasToString("123456.jpg");
  }

  @Test
  void keepsTheDepth() throws IOException {
    Frame frame =
        new Frame(2, 1, new float[] {1, 2.5f, 3, 4, 5, 254.5f}, Optional.empty(), 7, false);
    FrameSequenceOutput output =
        new FrameSequenceOutput(folder.resolve("%03d.png").toString(), 16, 90);

    Path file = output.write(frame, 5);

    assertThat(file).hasFileName("005.png");
    Still still = Stills.read(MediaSource.of(file));
    assertThat(still.bitDepth()).isEqualTo(16);
    for (int i = 0; i < 6; i++) {
      assertThat(Math.abs(still.frame().rgb()[i] - frame.rgb()[i])).isLessThan(0.01f);
    }
  }

  @Test
  void refusesANameWithoutANumber() {
    assertThatThrownBy(() -> new FrameSequenceOutput("out/frame.png", 8, 90))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "out/frame.png does not name numbered stills; one that does is frames/%05d.png");
  }
}
