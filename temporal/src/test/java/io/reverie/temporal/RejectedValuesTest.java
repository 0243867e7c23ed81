package io.reverie.temporal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.temporal.fade.CrossFade;
import io.reverie.temporal.fade.LoopFade;
import io.reverie.temporal.mask.MaskSettings;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.zoom.Tone;
import io.reverie.temporal.zoom.ZoomPlan;
import io.reverie.temporal.zoom.ZoomPlan.FrameUse;
import io.reverie.temporal.zoom.ZoomPlan.Stretch;
import io.reverie.temporal.zoom.ZoomSequence;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records do not accept values that no dream of a video has. */
class RejectedValuesTest {

  private static final FrameMeasures.Part NOWHERE = new FrameMeasures.Part(0, 0);
  private static final Image GREY = new Image(new Size(1, 1), new float[3]);
  private static final Tone TONE = new Tone(new double[3], new double[1][3]);

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
        made("a tone has three components, not 2", () -> new Tone(new double[2], new double[1][3])),
        made("a strength of 1.0 over -1 pixels", () -> new FrameMeasures.Part(1, -1)),
        made(
            "a frame cannot have -1 steps and the strength 1.0",
            () -> new FrameMeasures(0, -1, true, 1, NOWHERE, NOWHERE, 0, 0, 0)),
        made(
            "a zoom cannot have 1 frames and 5 of 4 steps without a gradient",
            () -> new ZoomSequence.State(1, GREY, TONE, 4, 5)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void wrongValuesAreNamed(String sentence, Supplier<Record> record) {
    assertThatThrownBy(record::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
