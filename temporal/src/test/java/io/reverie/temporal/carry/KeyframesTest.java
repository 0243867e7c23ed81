package io.reverie.temporal.carry;

import static io.reverie.temporal.carry.ShotScenes.NETWORK;
import static io.reverie.temporal.carry.ShotScenes.NEVER;
import static io.reverie.temporal.carry.ShotScenes.SIZE;
import static io.reverie.temporal.carry.ShotScenes.dreamed;
import static io.reverie.temporal.carry.ShotScenes.measures;
import static io.reverie.temporal.carry.ShotScenes.moving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.dream.image.Mask;
import io.reverie.temporal.carry.ShotDreamer.Dreamed;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.video.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which frames are dreamed, and what the others show. */
class KeyframesTest {

  private static final ShotSetup EVERY_FOURTH = ShotSetup.carry().every(4);

  @ParameterizedTest
  @CsvSource({"1, 0 1 2 3 4 5 6 7 8 9", "2, 0 2 4 6 8 9", "4, 0 4 8 9", "8, 0 8 9"})
  void keyframesAreEvenlySpacedAndTheLastFrameIsOne(int interval, String keyframes) {
    List<Dreamed> dreams = dreamed(ShotSetup.carry().every(interval), moving(10), NEVER);
    assertThat(keyframes(dreams)).isEqualTo(keyframes);
    assertThat(dreams).extracting(d -> d.measures().pts()).isSorted().hasSize(10);
    assertThat(dreams.subList(1, 10)).noneMatch(d -> d.measures().alone());
  }

  @Test
  void inBetweensAreAsSteadyAndAsStrongAsFramesThatAreAllDreamed() {
    List<Frame> frames = moving(17);
    ShotMeasures all = measures(dreamed(ShotSetup.carry(), frames, NEVER));
    ShotMeasures some = measures(dreamed(EVERY_FOURTH, frames, NEVER));
    double first = some.frames().get(0).strength();
    assertThat(some.flicker()).isLessThan(1.05 * all.flicker());
    assertThat(some.strength()).isCloseTo(first, within(0.05 * first));
    assertThat(some.iterations()).isLessThan(0.7 * all.iterations());
  }

  @Test
  void aPlaceThatNoKeyframeSeesIsDreamedEarlier() {
    List<Frame> frames = moving(9);
    frames.set(6, withPatch(frames.get(6)));
    assertThat(keyframes(dreamed(EVERY_FOURTH, frames, NEVER))).contains(" 6 ");
  }

  @Test
  void damagedFramesAndFlashesAreKeyframes() {
    List<Frame> frames = moving(12);
    Frame damaged = frames.get(2);
    frames.set(2, new Frame(64, 48, damaged.rgb(), Optional.empty(), damaged.pts(), true));
    List<Dreamed> dreams = dreamed(EVERY_FOURTH, frames, 9);
    assertThat(keyframes(dreams)).isEqualTo("0 1 2 3 7 8 9 11");
    for (int i : new int[] {2, 3}) {
      assertThat(dreams.get(i).measures().alone()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BLEND", "NONE"})
  void otherModesDreamEveryFrame(TemporalMode mode) {
    List<Frame> frames = moving(5);
    List<Dreamed> some = dreamed(ShotSetup.of(mode).every(4), frames, NEVER);
    List<Dreamed> all = dreamed(ShotSetup.of(mode), frames, NEVER);
    for (int i = 0; i < 5; i++) {
      assertThat(some.get(i).dream().image().rgb()).isEqualTo(all.get(i).dream().image().rgb());
      assertThat(some.get(i).measures()).isEqualTo(all.get(i).measures());
    }
  }

  @Test
  void aMovingCameraDreamsEveryFrame() {
    List<Dreamed> dreams =
        dreamed(i -> i < 4 ? EVERY_FOURTH.withCamera(1.02, 0, 0) : EVERY_FOURTH, moving(9));
    assertThat(keyframes(dreams)).isEqualTo("0 1 2 3 7 8");
  }

  @Test
  void aSettingThatJumpsHasKeyframesOnBothSides() {
    IntFunction<ShotSetup> steps = i -> EVERY_FOURTH.withStep(i < 6 ? 1 : 3);
    assertThat(keyframes(dreamed(steps, moving(11)))).isEqualTo("0 4 5 6 10");
    IntFunction<ShotSetup> layers = i -> EVERY_FOURTH.withLayers(i < 6 ? 1 : 0.4, 0.2);
    assertThat(keyframes(dreamed(layers, moving(11)))).isEqualTo("0 4 5 6 10");
    IntFunction<ShotSetup> shown = i -> EVERY_FOURTH.withStrength(i < 6 ? 1 : 0);
    assertThat(keyframes(dreamed(shown, moving(9)))).isEqualTo("0 4 5");
  }

  @Test
  void aSettingThatChangesGraduallyHasInBetweens() {
    IntFunction<ShotSetup> steps = i -> EVERY_FOURTH.withStep(2 + 0.03 * i);
    assertThat(keyframes(dreamed(steps, moving(9)))).isEqualTo("0 4 8");
  }

  @Test
  void aMaskHoldsInInBetweens() {
    float[] weights = new float[64 * 48];
    Arrays.fill(weights, 0, weights.length / 2, 1);
    Mask mask = new Mask(SIZE, weights);
    List<Frame> frames = moving(6);
    List<Dreamed> dreams = new ArrayList<>();
    try (Shot shot = EVERY_FOURTH.shot(SIZE)) {
      for (Frame frame : frames) {
        dreams.addAll(shot.push(frame, false, mask, EVERY_FOURTH.frame(NETWORK)));
      }
      dreams.addAll(shot.finish());
    }
    for (int i = 0; i < 6; i++) {
      float[] shown = dreams.get(i).dream().image().rgb();
      int half = shown.length / 2;
      assertThat(Arrays.copyOfRange(shown, half, shown.length))
          .isEqualTo(Arrays.copyOfRange(frames.get(i).rgb(), half, shown.length));
      assertThat(dreams.get(i).measures().strength()).isPositive();
    }
  }

  /** The frame shows the dream of a region that is in no other frame's mask. */
  @Test
  void aMaskThatMovesElsewhereIsDreamedThere() {
    float[] left = new float[64 * 48];
    float[] right = new float[64 * 48];
    for (int i = 0; i < left.length; i++) {
      left[i] = i % 64 < 20 ? 1 : 0;
      right[i] = i % 64 >= 44 ? 1 : 0;
    }
    List<Dreamed> dreams = new ArrayList<>();
    try (Shot shot = EVERY_FOURTH.shot(SIZE)) {
      for (int i = 0; i < 9; i++) {
        Mask mask = new Mask(SIZE, i == 6 ? right : left);
        dreams.addAll(shot.push(moving(9).get(i), false, mask, EVERY_FOURTH.frame(NETWORK)));
      }
      dreams.addAll(shot.finish());
    }
    assertThat(keyframes(dreams)).contains(" 6 ");
  }

  @Test
  void aStateIsOnlyKnownAtAKeyframe() {
    try (Shot shot = EVERY_FOURTH.shot(SIZE)) {
      for (Frame frame : moving(2)) {
        shot.push(frame, false, TestPictures.WHOLE, EVERY_FOURTH.frame(NETWORK));
      }
      assertThatThrownBy(shot::state).isInstanceOf(IllegalStateException.class);
      assertThat(shot.finish()).hasSize(1);
      assertThat(shot.state().last()).isPresent();
      assertThat(shot.finish()).isEmpty();
    }
  }

  /** Returns the positions of the frames with steps of their own. */
  private static String keyframes(List<Dreamed> dreams) {
    return String.join(
        " ",
        IntStream.range(0, dreams.size())
            .filter(i -> dreams.get(i).dream().steps() > 0)
            .mapToObj(Integer::toString)
            .toList());
  }

  /** Returns a frame with something that is in none of its neighbours. */
  private static Frame withPatch(Frame frame) {
    float[] rgb = frame.rgb().clone();
    float[] other = ShotScenes.texture(64, 48, 31, 1, 0).rgb();
    for (int row = 6; row < 42; row++) {
      for (int i = 3 * (64 * row + 12); i < 3 * (64 * row + 52); i++) {
        rgb[i] = 255 - other[i];
      }
    }
    return frame.withRgb(rgb);
  }
}
