package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.gradient.SeamRatio;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.prior.StepRule;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.Network;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dreams in tiles equal dreams without and show no seams. */
class TiledDreamTest {

  private static final Size SIZE = new Size(210, 150);
  private static final Tiling TILES = new Tiling(64, OptionalInt.empty());
  private static final List<Objective> CONV2 = List.of(new L2("conv2", ChannelSelector.all(), 1));

  @RegisterExtension private static final SmallNetwork SMALL = new SmallNetwork();

  @Test
  void aTiledStepEqualsTheUntiledStepForEveryPrior() {
    for (StepRule rule : StepRule.values()) {
      for (ColourMode colours : ColourMode.values()) {
        Priors priors = new Priors(rule, 4, 3, new Smoothing(1, 2), 0.3, 0.05, colours);
        OctaveSpec octave = new OctaveSpec(CONV2, 1, Ramp.of(3), Ramp.of(0.8));
        same(spec(octave, Robustness.jitter(20), priors, 1), Optional.empty());
      }
    }
  }

  @Test
  void aTiledStepEqualsTheUntiledStepWithFocusOrAWindowLargerThanATile() {
    float[] focus = new float[SIZE.height() * SIZE.width()];
    for (int i = 0; i < focus.length; i++) {
      focus[i] = i % 5;
    }
    float[] rgb = new float[3 * focus.length];
    Arrays.fill(rgb, 3);
    WarmStart warmStart = new WarmStart(new Residual(SIZE, rgb), 1, Optional.of(focus));
    OctaveSpec octave = new OctaveSpec(CONV2, 1, Ramp.of(3), Ramp.of(0));
    same(spec(octave, Robustness.jitter(20), Priors.NONE, 1), Optional.of(warmStart));
    same(spec(octave, new Robustness(20, 0, 0, 100), Priors.NONE, 1), Optional.empty());
  }

  @Test
  void aTiledDreamEqualsTheUntiledDreamUnderAMaskThatCrossesTiles() {
    float[] weights = new float[SIZE.height() * SIZE.width()];
    for (int i = 0; i < weights.length; i++) {
      int column = i % SIZE.width();
      weights[i] = Math.max(0, Math.min(1, (column + i / SIZE.width() - 140) / 90f));
    }
    OctaveSpec octave = new OctaveSpec(CONV2, 2, Ramp.of(2), Ramp.of(0.8));
    DreamSpec spec = spec(octave, Robustness.jitter(20), Priors.NONE, 2);
    Dream tiled = same(spec, new Mask(SIZE, weights), Optional.empty());
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] == 0) {
        assertThat(tiled.residual().rgb()[3 * i]).isZero();
      }
    }
  }

  private static void same(DreamSpec spec, Optional<WarmStart> warmStart) {
    same(spec, Mask.whole(SIZE), warmStart);
  }

  private static Dream same(DreamSpec spec, Mask mask, Optional<WarmStart> warmStart) {
    Dream whole = new Dreamer(SMALL.network(), spec).dream(photo(), mask, 0, warmStart);
    Dream tiled = new Dreamer(SMALL.network(), spec, TILES).dream(photo(), mask, 0, warmStart);
    assertThat(tiled.image().rgb()).isNotEqualTo(photo().rgb());
    float largest = 0;
    for (int i = 0; i < whole.image().rgb().length; i++) {
      largest = Math.max(largest, Math.abs(whole.image().rgb()[i] - tiled.image().rgb()[i]));
    }
    // The halo covers the small network's receptive fields completely.
    assertThat(largest).isLessThan(2e-2f);
    assertThat(tiled.seamRatio()).isPresent();
    assertThat(whole.seamRatio()).isEmpty();
    return tiled;
  }

  @Test
  void tilesLeaveNoSeams() {
    OctaveSpec octave = new OctaveSpec(CONV2, 4, Ramp.of(2), Ramp.of(0));
    Dreamer dreamer =
        new Dreamer(SMALL.network(), spec(octave, Robustness.jitter(8), Priors.NONE, 2), TILES);
    List<SeamRatio> ratios =
        IntStream.range(0, 20)
            .mapToObj(pts -> dreamer.dream(photo(), pts).seamRatio().orElseThrow())
            .toList();
    assertThat(ratios)
        .allSatisfy(ratio -> assertThat(ratio.value()).isBetween(ratio.low(), ratio.high()));
    assertThat(ratios.stream().mapToDouble(SeamRatio::value).average().orElseThrow())
        .isCloseTo(1, within(0.02));
  }

  @Test
  void runsAreReproducibleAndTheGridDependsOnTheRandomDraws() {
    OctaveSpec octave = new OctaveSpec(CONV2, 2, Ramp.of(2), Ramp.of(0));
    Dreamer dreamer =
        new Dreamer(SMALL.network(), spec(octave, Robustness.jitter(0), Priors.NONE, 1), TILES);
    Dream dream = dreamer.dream(photo(), 1);
    assertThat(dreamer.dream(photo(), 1).image().rgb()).isEqualTo(dream.image().rgb());
    assertThat(dreamer.dream(photo(), 2).seamRatio()).isNotEqualTo(dream.seamRatio());
  }

  @Test
  void tilesWithoutAHaloLeaveSeams() throws IOException {
    try (Network embedded = TestNetworks.embedded(DataType.FLOAT32)) {
      List<Objective> objectives = List.of(new L2("conv4.3", ChannelSelector.all(), 1));
      OctaveSpec octave = new OctaveSpec(objectives, 1, Ramp.of(2), Ramp.of(0));
      DreamSpec spec = spec(octave, Robustness.jitter(8), Priors.NONE, 1);
      Tiling bare = new Tiling(64, OptionalInt.of(0));
      // On a smooth image, the zero padding of a core without a halo is a visible edge.
      SeamRatio seams =
          new Dreamer(embedded, spec, bare).dream(smooth(), 0).seamRatio().orElseThrow();
      SeamRatio usual =
          new Dreamer(embedded, spec, TILES).dream(smooth(), 0).seamRatio().orElseThrow();
      assertThat(seams.value()).isGreaterThan(1.3 * usual.value());
      assertThat(seams.showsSeam()).isTrue();
      assertThat(usual.showsSeam()).isFalse();
    }
  }

  @Test
  void imagesThatFitIntoATileAreNotDivided() {
    OctaveSpec octave = new OctaveSpec(CONV2, 3, Ramp.of(2), Ramp.of(0));
    DreamSpec spec = spec(octave, Robustness.jitter(8), Priors.NONE, 2);
    Dream dream =
        new Dreamer(SMALL.network(), spec, new Tiling(210, OptionalInt.empty())).dream(photo(), 0);
    assertThat(dream.image().rgb())
        .isEqualTo(new Dreamer(SMALL.network(), spec).dream(photo(), 0).image().rgb());
  }

  @Test
  void scaledOrRotatedImagesCannotBeTiled() {
    OctaveSpec octave = new OctaveSpec(CONV2, 3, Ramp.of(2), Ramp.of(0));
    DreamSpec spec = spec(octave, new Robustness(8, 0.1, 0, 0), Priors.NONE, 1);
    assertThatThrownBy(() -> new Dreamer(SMALL.network(), spec, TILES).dream(photo(), 0))
        .isInstanceOf(DreamException.class)
        .hasMessage(
            "an image of 210x150 px must be dreamed in tiles of 64 px, and tiles cannot be scaled or rotated; set robustness.scale and robustness.rotate to 0, choose a smaller dreamSize, or set tile: none");
  }

  private static DreamSpec spec(
      OctaveSpec octave, Robustness robustness, Priors priors, int octaves) {
    return new DreamSpec(
        octave,
        List.of(),
        new Octaves(octaves, 1.4),
        robustness,
        priors,
        Parameterisation.PIXELS,
        1,
        5);
  }

  private static Image smooth() {
    float[] rgb = new float[SIZE.height() * SIZE.width() * 3];
    for (int i = 0; i < rgb.length; i++) {
      int row = i / 3 / SIZE.width();
      int column = i / 3 % SIZE.width();
      rgb[i] = (float) (150 + 60 * Math.sin(row / 19.0) * Math.sin(column / 23.0));
    }
    return new Image(SIZE, rgb);
  }

  private static Image photo() {
    return TestDreams.photo(SIZE, 2);
  }
}
