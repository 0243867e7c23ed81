package io.reverie.temporal.carry;

import static io.reverie.temporal.carry.ShotScenes.NETWORK;
import static io.reverie.temporal.carry.ShotScenes.NEVER;
import static io.reverie.temporal.carry.ShotScenes.alone;
import static io.reverie.temporal.carry.ShotScenes.assertSame;
import static io.reverie.temporal.carry.ShotScenes.distance;
import static io.reverie.temporal.carry.ShotScenes.dreamed;
import static io.reverie.temporal.carry.ShotScenes.measures;
import static io.reverie.temporal.carry.ShotScenes.moving;
import static io.reverie.temporal.carry.ShotScenes.texture;
import static io.reverie.temporal.carry.ShotSetup.ITERATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.WarmStart;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.ShotDreamer.Dreamed;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.video.Frame;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ShotDreamerTest {

  @ParameterizedTest
  @EnumSource
  void theFirstFrameIsDreamedAlone(TemporalMode init) {
    ShotSetup spec = ShotSetup.of(init);
    List<Frame> frames = moving(2);
    Dreamed first = dreamed(spec, frames, NEVER).get(0);
    assertSame(first, alone(spec, frames.get(0)));
    assertThat(first.measures().hasFlicker()).isFalse();
  }

  @Test
  void withoutATemporalModeEveryFrameIsDreamedAlone() {
    ShotSetup spec = ShotSetup.of(TemporalMode.NONE);
    List<Frame> frames = moving(4);
    List<Dreamed> dreams = dreamed(spec, frames, NEVER);
    for (int i = 0; i < 4; i++) {
      assertSame(dreams.get(i), alone(spec, frames.get(i)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.2", "1"})
  void aBlendStartsFromAMixtureOfFrameAndPreviousDream(double blend) {
    ShotSetup spec = ShotSetup.of(TemporalMode.BLEND).withBlend(blend).withOctaves(1);
    List<Frame> frames = moving(3);
    List<Dreamed> dreams = dreamed(spec, frames, NEVER);
    for (int i = 1; i < 3; i++) {
      float[] own = frames.get(i).rgb();
      float[] before = dreams.get(i - 1).dream().fullStrength().rgb();
      float[] mixed = new float[own.length];
      for (int j = 0; j < own.length; j++) {
        mixed[j] = (float) (blend * own[j] + (1 - blend) * before[j]);
      }
      Image source = FrameImages.image(frames.get(i));
      Residual warmStart = Residual.between(source, new Image(source.size(), mixed));
      Dream wanted =
          spec.dreamer(NETWORK)
              .dream(
                  source,
                  frames.get(i).pts(),
                  Optional.of(new WarmStart(warmStart, ITERATIONS, Optional.empty())));
      assertThat(distance(dreams.get(i).dream(), wanted)).isLessThan(0.05);
      assertThat(dreams.get(i).measures().iterations()).isEqualTo(ITERATIONS);
    }
  }

  @Test
  void carriedFramesAreCheaperAndSteadierThanLoneOnesAndAsStrong() {
    List<Frame> frames = moving(8);
    ShotMeasures carried = measures(dreamed(ShotSetup.carry(), frames, NEVER));
    ShotMeasures alone = measures(dreamed(ShotSetup.of(TemporalMode.NONE), frames, NEVER));
    assertThat(carried.frames().subList(1, 8))
        .noneMatch(FrameMeasures::alone)
        .allMatch(note -> note.iterations() <= ITERATIONS / 2);
    assertThat(carried.flicker()).isLessThan(0.6 * alone.flicker());
    assertThat(carried.strength()).isCloseTo(alone.strength(), within(0.15 * alone.strength()));
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRY", "BLEND"})
  void aDamagedFrameAndTheNextOneAreDreamedAlone(TemporalMode init) {
    ShotSetup spec = ShotSetup.of(init);
    List<Frame> frames = moving(6);
    Frame f = frames.get(2);
    frames.set(2, new Frame(64, 48, f.rgb(), Optional.empty(), f.pts(), true));
    List<Dreamed> dreams = dreamed(spec, frames, NEVER);
    for (int i : new int[] {2, 3}) {
      assertSame(dreams.get(i), alone(spec, frames.get(i)));
      assertThat(dreams.get(i).measures().hasFlicker()).isFalse();
    }
    for (int i : new int[] {1, 4, 5}) {
      assertThat(dreams.get(i).measures().alone()).isFalse();
    }
  }

  @Test
  void framesAfterAFlashContinueThePreviousDream() {
    List<Frame> frames = moving(7);
    List<Dreamed> calm = dreamed(ShotSetup.carry(), frames, NEVER);
    Frame f = frames.get(3);
    frames.set(3, f.withRgb(TestPictures.filled(f.rgb().length, 250)));
    List<Dreamed> lit = dreamed(ShotSetup.carry(), frames, 3);
    assertThat(lit.get(3).measures().alone()).isFalse();
    assertThat(lit.get(3).measures().hasFlicker()).isFalse();
    for (int i = 4; i < 7; i++) {
      assertThat(lit.get(i).measures().alone()).isFalse();
      assertThat(lit.get(i).measures().hasFlicker()).isTrue();
      double lone = distance(alone(ShotSetup.carry(), frames.get(i)), calm.get(i).dream());
      assertThat(distance(lit.get(i).dream(), calm.get(i).dream())).isLessThan(0.5 * lone);
    }
  }

  @Test
  void aFlashAtTheStartIsIgnored() {
    List<Frame> frames = moving(4);
    Frame f = frames.get(0);
    frames.set(0, f.withRgb(TestPictures.filled(f.rgb().length, 250)));
    List<Dreamed> dreams = dreamed(ShotSetup.carry(), frames, 0);
    List<Dreamed> without = dreamed(ShotSetup.carry(), frames.subList(1, 4), NEVER);
    assertSame(dreams.get(0), alone(ShotSetup.carry(), frames.get(0)));
    for (int i = 1; i < 4; i++) {
      assertThat(dreams.get(i).dream().image().rgb())
          .isEqualTo(without.get(i - 1).dream().image().rgb());
    }
  }

  @Test
  void runsAreReproducible() {
    List<Frame> frames = moving(4);
    List<Dreamed> once = dreamed(ShotSetup.carry(), frames, 2);
    List<Dreamed> again = dreamed(ShotSetup.carry(), frames, 2);
    for (int i = 0; i < 4; i++) {
      assertThat(again.get(i).dream().image().rgb()).isEqualTo(once.get(i).dream().image().rgb());
      assertThat(again.get(i).measures()).isEqualTo(once.get(i).measures());
    }
  }

  @Test
  void aShotThatFadesInFromBlackReachesFullStrength() {
    List<Frame> frames = moving(18, i -> Math.min(1, i / 6.0));
    List<Dreamed> dreams = dreamed(ShotSetup.carry(), frames, NEVER);
    for (int i = 14; i < 18; i++) {
      double lone = alone(ShotSetup.carry(), frames.get(i)).residual().meanAbs();
      assertThat(dreams.get(i).measures().strength()).isCloseTo(lone, within(0.25 * lone));
    }
  }

  @Test
  void framesAreDreamedAtTheRequestedSize() {
    Frame large = texture(128, 96, 0, 1, 0);
    try (Shot shot = ShotSetup.carry().shot(new Size(64, 48))) {
      Dream dream =
          shot.push(large, false, TestPictures.WHOLE, ShotSetup.carry().frame(NETWORK))
              .get(0)
              .dream();
      assertThat(dream.residual().size()).isEqualTo(new Size(64, 48));
      assertThat(dream.image().size()).isEqualTo(new Size(64, 48));
    }
  }
}
