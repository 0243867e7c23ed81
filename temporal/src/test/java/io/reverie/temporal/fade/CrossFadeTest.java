package io.reverie.temporal.fade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.TestPictures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossFadeTest {

  private static final Residual NONE = TestPictures.even(0);

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12, 16})
  void aMixtureOfEquallyStrongDreamsKeepsTheirStrength(int frames) {
    List<Residual> early = dreams(1, frames, 20);
    List<Residual> late = dreams(2, frames, 20);
    CrossFade fade = fade(early, late);
    assertThat(fade.correlation()).isCloseTo(0, within(0.05));
    for (int i = 0; i < frames; i++) {
      double strength = TestPictures.rms(fade.mix(early.get(i), late.get(i), i));
      assertThat(strength).isCloseTo(20, within(0.6));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0.14, 0.7})
  void aMixtureOfCorrelatedDreamsKeepsTheirStrength(double correlation) {
    List<Residual> early = dreams(1, 8, 20);
    List<Residual> late = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      late.add(alike(early.get(i), TestPictures.noise(100 + i, 20), correlation));
    }
    CrossFade fade = fade(early, late);
    assertThat(fade.correlation()).isCloseTo(correlation, within(0.03));
    for (int i = 0; i < 8; i++) {
      double strength = TestPictures.rms(fade.mix(early.get(i), late.get(i), i));
      assertThat(strength).isCloseTo(20, within(0.6));
    }
  }

  @Test
  void aDreamFadedIntoItselfStaysEqual() {
    List<Residual> dreams = dreams(3, 5, 15);
    CrossFade fade = fade(dreams, dreams);
    assertThat(fade.correlation()).isCloseTo(1, within(1e-9));
    for (int i = 0; i < 5; i++) {
      Residual dream = dreams.get(i);
      Residual mix = fade.mix(dream, dream, i);
      for (int j = 0; j < mix.rgb().length; j++) {
        assertThat(mix.rgb()[j]).isCloseTo(dream.rgb()[j], within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 60})
  void theStrengthChangesLinearly(double other) {
    List<Residual> early = dreams(1, 12, 20);
    List<Residual> late = dreams(2, 12, other);
    CrossFade fade = fade(early, late);
    double before = 20;
    for (int i = 0; i < 12; i++) {
      double strength = TestPictures.rms(fade.mix(early.get(i), late.get(i), i));
      double weight = (i + 1) / 13.0;
      double wanted = (1 - weight) * 20 + weight * other;
      assertThat(strength).isCloseTo(wanted, within(0.03 * wanted));
      assertThat(Math.signum(strength - before)).isEqualTo(Math.signum(other - 20));
      before = strength;
    }
  }

  @Test
  void everyFrameMixesBothDreams() {
    CrossFade fade = new CrossFade(3, 1, 1, 1);
    assertThat(fade.mix(NONE, TestPictures.even(100), 0).rgb()).containsOnly(25);
    assertThat(fade.mix(NONE, TestPictures.even(100), 1).rgb()).containsOnly(50);
    assertThat(fade.mix(NONE, TestPictures.even(100), 2).rgb()).containsOnly(75);
    assertThat(fade.mix(TestPictures.even(100), NONE, 2).rgb()).containsOnly(25);
  }

  @Test
  void emptyDreamsMixToNothing() {
    List<Residual> none = List.of(NONE, NONE, NONE);
    CrossFade both = fade(none, none);
    assertThat(both.mix(NONE, NONE, 1).rgb()).containsOnly(0);
    List<Residual> some = dreams(4, 3, 10);
    Residual fromNone = fade(none, some).mix(NONE, some.get(0), 0);
    assertThat(TestPictures.rms(fromNone)).isCloseTo(2.5, within(0.1));
    Residual toNone = fade(some, none).mix(some.get(0), NONE, 0);
    assertThat(TestPictures.rms(toNone)).isCloseTo(7.5, within(0.2));
    CrossFade unmeasured = new CrossFade.Measuring().fade(3);
    assertThat(unmeasured.mix(some.get(0), some.get(1), 0).rgb()).doesNotContain(Float.NaN);
  }

  @Test
  void aMissingFrameDoesNotShiftTheOthers() {
    List<Residual> early = dreams(1, 4, 20);
    List<Residual> late = dreams(2, 4, 20);
    CrossFade.Measuring measuring = new CrossFade.Measuring();
    measuring.add(early.get(0), late.get(0));
    measuring.add(early.get(2), late.get(2));
    CrossFade fade = measuring.fade(4);
    assertThat(fade.frames()).isEqualTo(4);
    assertThat(fade.early()).isCloseTo(20, within(0.5));
    assertThat(TestPictures.rms(fade.mix(early.get(2), late.get(2), 2))).isCloseTo(20, within(0.6));
  }

  private static CrossFade fade(List<Residual> early, List<Residual> late) {
    CrossFade.Measuring measuring = new CrossFade.Measuring();
    for (int i = 0; i < early.size(); i++) {
      measuring.add(early.get(i), late.get(i));
    }
    return measuring.fade(early.size());
  }

  private static List<Residual> dreams(long seed, int frames, double strength) {
    List<Residual> dreams = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      dreams.add(TestPictures.noise(1000 * seed + i, strength));
    }
    return dreams;
  }

  /** Returns a residual of equal strength with this correlation to the first. */
  private static Residual alike(Residual to, Residual noise, double correlation) {
    float[] rgb = new float[to.rgb().length];
    double rest = Math.sqrt(1 - correlation * correlation);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (correlation * to.rgb()[i] + rest * noise.rgb()[i]);
    }
    return new Residual(to.size(), rgb);
  }
}
