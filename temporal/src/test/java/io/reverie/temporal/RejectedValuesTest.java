package io.reverie.temporal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.temporal.fade.CrossFade;
import io.reverie.temporal.fade.LoopFade;
import io.reverie.temporal.mask.MaskSettings;
import io.reverie.temporal.zoom.Tone;
import io.reverie.temporal.zoom.ZoomPlan;
import io.reverie.temporal.zoom.ZoomPlan.FrameUse;
import io.reverie.temporal.zoom.ZoomPlan.Stretch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records do not accept values that no dream of a video has. */
class RejectedValuesTest {

  private static Arguments made(String sentence, Supplier<Record> record) {
    return Arguments.of(sentence, record);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        made("a loop cannot fade -1 frames", () -> new LoopFade(-1)),
        made(
            "0 frames of strengths 1.0 and 1.0 with a correlation of 0.0 cannot be faded",
            () -> new CrossFade(0, 1, 1, 0)),
        made(
            "3 frames of strengths -1.0 and 1.0 with a correlation of 0.0 cannot be faded",
            () -> new CrossFade(3, -1, 1, 0)),
        made(
            "3 frames of strengths 1.0 and 1.0 with a correlation of 1.1 cannot be faded",
            () -> new CrossFade(3, 1, 1, 1.1)),
        made("a mask cannot have the strength 1.5", () -> new MaskSettings(false, 1.5, 0, false)),
        made("a mask cannot be feathered by -2.0 px", () -> new MaskSettings(false, 1, -2, false)),
        made(
            "a zoom of 5 frames cannot have a loop of 6 and chunks of 2",
            () -> ZoomPlan.of(5, 6, 2)),
        made(
            "a zoom of 5 frames cannot have a loop of 0 and chunks of 0",
            () -> ZoomPlan.of(5, 0, 0)),
        made("stretch 0 cannot have the frames 4 to 4", () -> new Stretch(0, 4, 4, FrameUse.SHOWN)),
        made(
            "a tone has three components, not 2", () -> new Tone(new double[2], new double[1][3])));
  }

  @ParameterizedTest
  @MethodSource("values")
  void wrongValuesAreNamed(String sentence, Supplier<Record> record) {
    assertThatThrownBy(record::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
