package io.reverie.video.shot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.Frame;
import io.reverie.video.Size;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values follow FFmpeg's documentation: differences in percent of white. */
class SceneScoreTest {

  private final SceneScore score = new SceneScore(new Size(160, 90));

  @AfterEach
  void close() {
    score.close();
  }

  private static Frame plain(int width, double level) {
    float[] rgb = new float[width * 90 * 3];
    Arrays.fill(rgb, (float) level);
    return new Frame(width, 90, rgb, Optional.empty(), 0, false);
  }

  private SceneScore.Change put(double level) {
    return score.put(plain(160, level));
  }

  @Test
  void theFirstFrameAndARepeatedFrameDoNotDiffer() {
    assertThat(put(80)).isEqualTo(new SceneScore.Change(0, 0));
    assertThat(put(80)).isEqualTo(new SceneScore.Change(0, 0));
  }

  @Test
  void blackToWhiteIsAHundredPercent() {
    put(0);
    put(0);
    SceneScore.Change change = put(255);

    assertThat(change.difference()).isCloseTo(100, within(0.5));
    assertThat(change.score()).isEqualTo(change.difference());
  }

  @Test
  void aSteadyChangeHasAScoreOfZero() {
    put(0);
    put(51);
    SceneScore.Change change = put(102);

    assertThat(change.difference()).isCloseTo(20, within(0.1));
    assertThat(change.score()).isCloseTo(0, within(0.1));
  }

  @Test
  void framesOfAnotherSizeAreRejected() {
    Frame frame = plain(161, 0);

    assertThatThrownBy(() -> score.put(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a frame of 161 x 90 px among frames of 160 x 90 px");
  }
}
