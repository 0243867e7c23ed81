package io.reverie.temporal.zoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Noise;
import io.reverie.temporal.fade.LoopFade;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Measures tones and corrects images to them. */
class ToneTest {

  private static final Size SIZE = new Size(64, 48);

  private static final Image PALE = Noise.image(SIZE, 120, 10, 1);
  private static final Image STRONG = Noise.image(SIZE, 150, 25, 2);

  /** A wave of two pixels belongs to the finest band only. */
  @Test
  void contrastAppearsInItsBand() {
    float[] rgb = new float[48 * 64 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i / 3 % 2 == 0 ? 90 : 110;
    }
    Tone tone = Tone.of(new Image(SIZE, rgb));
    assertThat(tone.mean()[0]).isCloseTo(100, within(1e-3));
    assertThat(tone.contrast()[0][0]).isCloseTo(10, within(1e-3));
    for (int k = 1; k < tone.contrast().length; k++) {
      assertThat(tone.contrast()[k][0]).isLessThan(1e-3);
    }
    assertThat(tone.contrast()[0][1]).isZero();
  }

  @Test
  void bandsSumToTheImage() {
    float[] sum = new float[PALE.rgb().length];
    ToneBands.split(
        PALE.rgb(),
        SIZE,
        (k, band) -> {
          for (int i = 0; i < sum.length; i++) {
            sum[i] += band[i];
          }
        });
    for (int i = 0; i < sum.length; i++) {
      assertThat(sum[i]).isCloseTo(PALE.rgb()[i], within(1e-3f));
    }
  }

  @Test
  void aFullPullGivesTheTargetTone() {
    Tone target = Tone.of(PALE);
    Tone got = Tone.of(target.pull(STRONG, 1));
    for (int c = 0; c < 3; c++) {
      assertThat(got.mean()[c]).isCloseTo(target.mean()[c], within(0.1));
      assertThat(deviation(got, c))
          .isCloseTo(deviation(target, c), within(0.15 * deviation(target, c)));
    }
  }

  @Test
  void aHalfPullGivesHalfTheDifference() {
    Tone target = Tone.of(PALE);
    double before = deviation(Tone.of(STRONG), 0);
    double got = deviation(Tone.of(target.pull(STRONG, 0.5)), 0);
    assertThat(got).isCloseTo((before + deviation(target, 0)) / 2, within(1.0));
    assertThat(target.pull(STRONG, 0)).isSameAs(STRONG);
  }

  private static double deviation(Tone tone, int colour) {
    return Math.sqrt(Arrays.stream(tone.contrast()).mapToDouble(b -> b[colour] * b[colour]).sum());
  }

  @Test
  void aStateSurvivesTheRoundTripBitByBit() throws IOException {
    ZoomSequence.State state = new ZoomSequence.State(7, STRONG, Tone.of(PALE), 21, 4);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    state.write(out);
    ZoomSequence.State back =
        ZoomSequence.State.read(new ByteArrayInputStream(out.toByteArray()), SIZE);
    assertThat(back.frames()).isEqualTo(7);
    assertThat(back.steps()).isEqualTo(21);
    assertThat(back.zeroSteps()).isEqualTo(4);
    assertThat(back.last().rgb()).isEqualTo(STRONG.rgb());
    assertThat(back.tone().mean()).isEqualTo(state.tone().mean());
    assertThat(back.tone().contrast()).isDeepEqualTo(state.tone().contrast());
    ByteArrayOutputStream tone = new ByteArrayOutputStream();
    back.tone().write(new DataOutputStream(tone));
    assertThat(
            Tone.read(
                    new DataInputStream(new ByteArrayInputStream(tone.toByteArray())),
                    ToneBands.count(SIZE))
                .contrast())
        .isDeepEqualTo(state.tone().contrast());
  }

  @Test
  void aLoopFadeJoinsEndAndBeginningAtConstantContrast() {
    LoopFade fade = new LoopFade(9);
    Image other = Noise.image(SIZE, 120, 10, 3);
    assertThat(distance(fade.mix(other, PALE, 0), other)).isLessThan(2);
    assertThat(distance(fade.mix(other, PALE, 8), PALE)).isLessThan(2);
    double half = deviation(Tone.of(fade.mix(other, PALE, 4)), 0);
    assertThat(half).isCloseTo(deviation(Tone.of(PALE), 0), within(0.2));
  }

  private static double distance(Image a, Image b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs(a.rgb()[i] - b.rgb()[i]);
    }
    return sum / a.rgb().length;
  }
}
