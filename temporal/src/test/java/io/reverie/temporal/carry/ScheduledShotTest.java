package io.reverie.temporal.carry;

import static io.reverie.temporal.carry.ShotScenes.NETWORK;
import static io.reverie.temporal.carry.ShotScenes.NEVER;
import static io.reverie.temporal.carry.ShotScenes.alone;
import static io.reverie.temporal.carry.ShotScenes.assertSame;
import static io.reverie.temporal.carry.ShotScenes.distance;
import static io.reverie.temporal.carry.ShotScenes.dreamed;
import static io.reverie.temporal.carry.ShotScenes.moving;
import static io.reverie.temporal.carry.ShotScenes.spaced;
import static io.reverie.temporal.carry.ShotScenes.texture;
import static io.reverie.temporal.carry.ShotScenes.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.dream.Dream;
import io.reverie.core.objective.ClassLogit;
import io.reverie.temporal.carry.ShotDreamer.Dreamed;
import io.reverie.video.Frame;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduledShotTest {

  @Test
  void zeroStrengthShowsTheSourceAndTheDreamRestartsAfterIt() {
    List<Frame> frames = moving(8);
    IntFunction<ShotSetup> spec = i -> ShotSetup.carry().withStrength(i < 2 || i == 5 ? 0 : 0.5);
    List<Dreamed> dreams = dreamed(spec, frames);
    for (int i : new int[] {0, 1, 5}) {
      assertThat(dreams.get(i).dream().steps()).isZero();
      assertThat(dreams.get(i).dream().image().rgb()).isEqualTo(frames.get(i).rgb());
    }
    for (int i : new int[] {2, 6}) {
      assertSame(dreams.get(i), alone(spec.apply(i), frames.get(i)));
    }
    for (int i : new int[] {3, 4, 7}) {
      assertThat(dreams.get(i).measures().alone()).isFalse();
      assertThat(dreams.get(i).dream().steps()).isPositive();
    }
  }

  @Test
  void aLargerStepMakesCarriedFramesAsStrongAsLoneOnes() {
    List<Frame> frames = moving(12);
    IntFunction<ShotSetup> spec = i -> ShotSetup.carry().withStep(i < 3 ? 1 : 3);
    List<Dreamed> dreams = dreamed(spec, frames);
    double weak = alone(spec.apply(0), frames.get(2)).residual().meanAbs();
    double strong = alone(spec.apply(11), frames.get(11)).residual().meanAbs();
    assertThat(strong).isGreaterThan(1.8 * weak);
    assertThat(dreams.get(2).measures().strength()).isCloseTo(weak, within(0.25 * weak));
    assertThat(dreams.get(11).measures().alone()).isFalse();
    assertThat(dreams.get(11).measures().strength()).isCloseTo(strong, within(0.25 * strong));
  }

  @Test
  void aGradualChangeReplacesTheOldDream() {
    List<Frame> still = moving(1);
    List<Frame> frames = Stream.generate(() -> still.get(0)).limit(24).toList();
    IntFunction<ShotSetup> fade =
        i -> ShotSetup.carry().withLayers(Math.max(0, 1 - i / 16.0), Math.min(1, i / 16.0));
    List<Dreamed> dreams = dreamed(fade, timed(frames));
    Dream old = alone(ShotSetup.carry().withLayers(1, 0), frames.get(0));
    Dream other = alone(ShotSetup.carry().withLayers(0, 1), frames.get(0));
    assertThat(similarity(dreams.get(0).dream(), old)).isGreaterThan(0.99);
    assertThat(similarity(dreams.get(23).dream(), old)).isLessThan(0.65);
    assertThat(similarity(dreams.get(23).dream(), other)).isGreaterThan(0.8);
    double strength = other.residual().meanAbs();
    assertThat(dreams.get(23).measures().strength()).isCloseTo(strength, within(0.2 * strength));
    assertThat(dreams.subList(1, 24)).noneMatch(dreamed -> dreamed.measures().alone());
  }

  @Test
  void anAbruptChangeRestartsTheDream() {
    List<Frame> frames = moving(5);
    IntFunction<ShotSetup> turn =
        i -> i < 3 ? ShotSetup.carry().withLayers(1, 0) : ShotSetup.carry().withLayers(0, 1);
    List<Dreamed> dreams = dreamed(turn, frames);
    assertSame(dreams.get(3), alone(ShotSetup.carry().withLayers(0, 1), frames.get(3)));
    assertThat(dreams.get(4).measures().alone()).isFalse();
  }

  @Test
  void theChangeIsHalfTheDifferenceOfAllShares() {
    ObjectiveShares shares = mixture(Map.of(1, 3.0, 2, 1.0));
    assertThat(shares.change(mixture(Map.of(1, 3.0, 2, 1.0)))).isZero();
    assertThat(shares.change(mixture(Map.of(1, 1.5, 2, 0.5)))).isZero();
    assertThat(shares.change(mixture(Map.of(1, 1.0, 2, 1.0)))).isEqualTo(0.25);
    assertThat(shares.change(mixture(Map.of(1, 0.0, 2, 1.0)))).isEqualTo(0.75);
    assertThat(shares.change(mixture(Map.of(7, 1.0)))).isEqualTo(1);
    ObjectiveShares fading = shares(ShotSetup.carry().withLayers(3, 1));
    assertThat(fading.change(shares(ShotSetup.carry().withLayers(1, 1)))).isEqualTo(0.25);
  }

  private static ObjectiveShares mixture(Map<Integer, Double> classes) {
    return shares(ShotSetup.carry().withObjectives(new ClassLogit("head", classes, 1)));
  }

  private static ObjectiveShares shares(ShotSetup setup) {
    return setup.frame(NETWORK).objectives();
  }

  /** Returns the correlation of the residuals. */
  private static double similarity(Dream a, Dream b) {
    double both = 0;
    double own = 0;
    double other = 0;
    for (int i = 0; i < a.residual().rgb().length; i++) {
      double x = a.residual().rgb()[i];
      double y = b.residual().rgb()[i];
      both += x * y;
      own += x * x;
      other += y * y;
    }
    return both / Math.sqrt(own * other);
  }

  @Test
  void blendAndPersistenceApplyPerFrame() {
    List<Frame> frames = moving(3);
    List<Dreamed> blended =
        dreamed(i -> ShotSetup.of(TemporalMode.BLEND).withBlend(i < 2 ? 0.5 : 1), frames);
    assertThat(blended.get(2).dream().fullStrength().rgb())
        .isEqualTo(alone(ShotSetup.carry(), frames.get(2)).fullStrength().rgb());
    List<Dreamed> steady = dreamed(ShotSetup.carry(), frames, NEVER);
    List<Dreamed> carried =
        dreamed(i -> ShotSetup.carry().withPersistence(i < 2 ? 0.97 : 0.2), frames);
    assertThat(distance(carried.get(1).dream(), steady.get(1).dream())).isZero();
    assertThat(distance(carried.get(2).dream(), steady.get(2).dream())).isPositive();
  }

  /** In a still scene only the camera moves the dream. */
  @ParameterizedTest
  @EnumSource(names = {"CARRY", "BLEND"})
  void theCameraMovesTheCarriedDreamOverAStillScene(TemporalMode init) {
    List<Frame> still = spaced(Collections.nCopies(3, texture(64, 48, 0, 1, 0)));
    ShotSetup steady = ShotSetup.of(init).withIterations(2);
    // 12.5 % of 48 px are 6 px.
    ShotSetup pushed = ShotSetup.of(init).withIterations(2).withCamera(1, 0, 12.5);
    float[] first = dreamed(steady, still, NEVER).get(0).dream().residual().rgb();
    float[] calm = dreamed(steady, still, NEVER).get(2).dream().residual().rgb();
    float[] moved = dreamed(i -> i < 2 ? steady : pushed, still).get(2).dream().residual().rgb();
    assertThat(correlation(first, calm, 0)).isGreaterThan(correlation(first, calm, 6));
    assertThat(correlation(first, moved, 6)).isGreaterThan(correlation(first, moved, 0));
  }

  /** Returns the correlation with another residual shifted right by a number of pixels. */
  private static double correlation(float[] a, float[] b, int right) {
    double both = 0;
    double one = 0;
    double other = 0;
    for (int row = 0; row < 48; row++) {
      for (int column = 0; column < 3 * (64 - 6); column++) {
        double x = a[row * 3 * 64 + column];
        double y = b[row * 3 * 64 + column + 3 * right];
        both += x * y;
        one += x * x;
        other += y * y;
      }
    }
    return both / Math.sqrt(one * other);
  }
}
