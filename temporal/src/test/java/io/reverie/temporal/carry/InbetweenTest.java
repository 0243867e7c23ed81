package io.reverie.temporal.carry;

import static io.reverie.temporal.carry.ShotScenes.NETWORK;
import static io.reverie.temporal.carry.TestPictures.PLACES;
import static io.reverie.temporal.carry.TestPictures.SIZE;
import static io.reverie.temporal.carry.TestPictures.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.Inbetween.Side;
import io.reverie.video.motion.FlowField;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InbetweenTest {

  private static final Image GREY = TestPictures.flat(120);

  /** Two dreams that have nothing in common would be weaker than either when mixed. */
  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75})
  void aMixtureIsAsStrongAsBothDreams(double at) {
    Residual one = TestPictures.noise(1, 20);
    Residual other = TestPictures.noise(2, 20);
    Dream mixed = mix(GREY, WHOLE, seen(one, 1), seen(other, 1), at);
    assertThat(mixed.residual().meanAbs())
        .isCloseTo((one.meanAbs() + other.meanAbs()) / 2, within(0.3));
    assertThat(mixed.steps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75})
  void aMixtureMovesFromOneDreamToTheOther(double at) {
    Dream mixed =
        mix(GREY, WHOLE, seen(TestPictures.even(20), 1), seen(TestPictures.even(40), 1), at);
    assertThat(mixed.residual().rgb())
        .usingComparatorWithPrecision(0.001f)
        .containsOnly((float) (20 + 20 * at));
    assertThat(mixed.image().rgb())
        .usingComparatorWithPrecision(0.001f)
        .containsOnly((float) (140 + 20 * at));
  }

  @Test
  void aPlaceThatOneKeyframeDoesNotSeeHasTheDreamOfTheOther() {
    Side unseen = seen(TestPictures.even(90), 0);
    Side dream = seen(TestPictures.even(30), 1);
    float[] first = mix(GREY, WHOLE, dream, unseen, 0.75).residual().rgb();
    float[] second = mix(GREY, WHOLE, unseen, dream, 0.25).residual().rgb();
    assertThat(first).usingComparatorWithPrecision(0.001f).containsOnly(30f);
    assertThat(second).usingComparatorWithPrecision(0.001f).containsOnly(30f);
  }

  @Test
  void aPlaceThatNeitherConfirmsShowsBothDreams() {
    Side unseen = seen(TestPictures.even(30), 0);
    assertThat(mix(GREY, WHOLE, unseen, unseen, 0.5).residual().rgb())
        .usingComparatorWithPrecision(0.001f)
        .containsOnly(30f);
  }

  @Test
  void aPlaceOutsideBothKeyframesShowsTheSource() {
    Side left = new Side(TestPictures.carried(TestPictures.even(30)), shifted(-64));
    assertThat(mix(GREY, WHOLE, left, left, 0.5).image().rgb()).containsOnly(120f);
  }

  @Test
  void theResultStaysWithinTheRangeOfColours() {
    Side bright = seen(TestPictures.even(90), 1);
    Dream mixed = mix(TestPictures.flat(200), WHOLE, bright, bright, 0.5);
    assertThat(mixed.image().rgb()).containsOnly(255f);
    assertThat(mixed.residual().rgb()).containsOnly(55f);
  }

  @Test
  void bothDreamsAreWarpedToTheFrame() {
    float[] stripe = new float[3 * PLACES];
    for (int i = 0; i < PLACES; i++) {
      Arrays.fill(stripe, 3 * i, 3 * i + 3, i % SIZE.width() == 20 ? 60 : 0);
    }
    Residual residual = new Residual(SIZE, stripe);
    Side before = new Side(TestPictures.carried(residual), shifted(-4));
    Side after = new Side(TestPictures.carried(residual), shifted(6));
    float[] mixed = mix(GREY, WHOLE, before, after, 0.5).residual().rgb();
    assertThat(mixed[3 * (10 * SIZE.width() + 24)]).isCloseTo(30, within(0.01f));
    assertThat(mixed[3 * (10 * SIZE.width() + 14)]).isCloseTo(30, within(0.01f));
    assertThat(mixed[3 * (10 * SIZE.width() + 20)]).isCloseTo(0, within(0.01f));
  }

  @Test
  void theDreamShrinksWhereTheMaskIsDarker() {
    float[] weights = new float[PLACES];
    Arrays.fill(weights, 0, PLACES / 2, 0.5f);
    Side dream = seen(TestPictures.even(40), 1);
    float[] mixed = mix(GREY, new Mask(SIZE, weights), dream, dream, 0.5).residual().rgb();
    assertThat(Arrays.copyOfRange(mixed, 0, 3 * PLACES / 2)).containsOnly(20f);
    assertThat(Arrays.copyOfRange(mixed, 3 * PLACES / 2, 3 * PLACES)).containsOnly(0f);
  }

  private static Dream mix(Image source, Mask mask, Side before, Side after, double at) {
    FrameSettings settings = ShotSetup.carry().frame(NETWORK);
    ShotFrame frame =
        new ShotFrame(new SourceFrame(0, false, false, source, mask, Optional.empty()), settings);
    return new Inbetween(frame, Interpolation.LANCZOS).mix(before, after, at);
  }

  private static Side seen(Residual residual, double consistency) {
    float[] all = new float[PLACES];
    Arrays.fill(all, (float) consistency);
    FlowField still = Motion.none(SIZE.width(), SIZE.height()).backward();
    return new Side(CarriedState.whole(residual, WHOLE), new Motion(still, all));
  }

  /** Returns the motion of a frame that is found so many pixels to the right in the other one. */
  private static Motion shifted(double right) {
    float[] xy = new float[2 * PLACES];
    for (int i = 0; i < xy.length; i += 2) {
      xy[i] = (float) right;
    }
    float[] all = new float[PLACES];
    Arrays.fill(all, 1);
    return new Motion(new FlowField(SIZE.width(), SIZE.height(), xy), all);
  }
}
