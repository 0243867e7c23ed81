package io.reverie.jobs.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Climb;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.HeadStart;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.Residual;
import io.reverie.core.network.Network;
import io.reverie.core.objective.ClassLogit;
import io.reverie.jobs.carry.ShotDreamer.Dreamed;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.spec.Unmade;
import io.reverie.video.Frame;
import io.reverie.video.motion.Camera;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShotDreamerTest {

  private static final int ITERATIONS = 6;
  private static final int NEVER = -1;
  private static final Camera STILL = new Camera(1, 0, 0, 0);

  @TempDir private static Path folder;

  private static Network network;

  @BeforeAll
  static void loadTheNetwork() {
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), List.of());
    Recipe recipe = new WeightsStore(folder).resolve(loaded.spec(), loaded.network());
    network = LoadedNetworks.of(recipe, "cpu");
  }

  @ParameterizedTest
  @CsvSource({"carry", "blend", "none"})
  void theFirstFrameIsDreamedAlone(String init) {
    PipelineSpec spec = spec("video.init=" + init);
    List<Frame> frames = moving(2);
    Dreamed first = dreamed(spec, frames, NEVER).get(0);
    assertSame(first, alone(spec, frames.get(0)));
    assertThat(first.note().hasFlicker()).isFalse();
  }

  @Test
  void withoutABeginningEveryFrameIsDreamedAlone() {
    PipelineSpec spec = spec("video.init=none");
    List<Frame> frames = moving(4);
    List<Dreamed> dreams = dreamed(spec, frames, NEVER);
    for (int i = 0; i < 4; i++) {
      assertSame(dreams.get(i), alone(spec, frames.get(i)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.2", "1"})
  void aBlendBeginsWithAMixtureOfTheFrameAndTheDreamBefore(double blend) {
    PipelineSpec spec = spec("video.init=blend", "video.blend=" + blend, "octaves.count=1");
    List<Frame> frames = moving(3);
    List<Dreamed> dreams = dreamed(spec, frames, NEVER);
    for (int i = 1; i < 3; i++) {
      float[] own = frames.get(i).rgb();
      float[] before = dreams.get(i - 1).dream().whole().rgb();
      float[] mixed = new float[own.length];
      for (int j = 0; j < own.length; j++) {
        mixed[j] = (float) (blend * own[j] + (1 - blend) * before[j]);
      }
      Image source = Sizes.image(frames.get(i));
      Residual head = Residual.between(source, new Image(source.size(), mixed));
      Dream wanted =
          dreamer(spec)
              .dream(
                  source,
                  frames.get(i).pts(),
                  Optional.of(new HeadStart(head, ITERATIONS, Optional.empty())));
      assertThat(distance(dreams.get(i).dream(), wanted)).isLessThan(0.05);
      assertThat(dreams.get(i).note().iterations()).isEqualTo(ITERATIONS);
    }
  }

  @Test
  void carriedFramesAreCheaperAndCalmerThanLoneOnesAndAsStrong() {
    List<Frame> frames = moving(8);
    Measures carried = measures(dreamed(spec(), frames, NEVER));
    Measures alone = measures(dreamed(spec("video.init=none"), frames, NEVER));
    assertThat(carried.notes().subList(1, 8))
        .noneMatch(FrameNote::alone)
        .allMatch(note -> note.iterations() <= ITERATIONS / 2);
    assertThat(carried.flicker()).isLessThan(0.6 * alone.flicker());
    assertThat(carried.strength()).isCloseTo(alone.strength(), within(0.15 * alone.strength()));
  }

  @ParameterizedTest
  @CsvSource({"carry", "blend"})
  void aDamagedFrameAndTheOneBehindAreDreamedAlone(String init) {
    PipelineSpec spec = spec("video.init=" + init);
    List<Frame> frames = moving(6);
    Frame f = frames.get(2);
    frames.set(2, new Frame(64, 48, f.rgb(), Optional.empty(), f.pts(), true));
    List<Dreamed> dreams = dreamed(spec, frames, NEVER);
    for (int i : new int[] {2, 3}) {
      assertSame(dreams.get(i), alone(spec, frames.get(i)));
      assertThat(dreams.get(i).note().hasFlicker()).isFalse();
    }
    for (int i : new int[] {1, 4, 5}) {
      assertThat(dreams.get(i).note().alone()).isFalse();
    }
  }

  @Test
  void whatFollowsAFlashGoesOnFromWhatWasBefore() {
    List<Frame> frames = moving(7);
    List<Dreamed> calm = dreamed(spec(), frames, NEVER);
    Frame f = frames.get(3);
    frames.set(3, f.withRgb(Pictures.filled(f.rgb().length, 250)));
    List<Dreamed> lit = dreamed(spec(), frames, 3);
    assertThat(lit.get(3).note().alone()).isFalse();
    assertThat(lit.get(3).note().hasFlicker()).isFalse();
    for (int i = 4; i < 7; i++) {
      assertThat(lit.get(i).note().alone()).isFalse();
      assertThat(lit.get(i).note().hasFlicker()).isTrue();
      double lone = distance(alone(spec(), frames.get(i)), calm.get(i).dream());
      assertThat(distance(lit.get(i).dream(), calm.get(i).dream())).isLessThan(0.5 * lone);
    }
  }

  @Test
  void aFlashAtTheBeginIsForgotten() {
    List<Frame> frames = moving(4);
    Frame f = frames.get(0);
    frames.set(0, f.withRgb(Pictures.filled(f.rgb().length, 250)));
    List<Dreamed> dreams = dreamed(spec(), frames, 0);
    List<Dreamed> without = dreamed(spec(), frames.subList(1, 4), NEVER);
    assertSame(dreams.get(0), alone(spec(), frames.get(0)));
    for (int i = 1; i < 4; i++) {
      assertThat(dreams.get(i).dream().image().rgb())
          .isEqualTo(without.get(i - 1).dream().image().rgb());
    }
  }

  @Test
  void twoRunsAreBitEqual() {
    List<Frame> frames = moving(4);
    List<Dreamed> once = dreamed(spec(), frames, 2);
    List<Dreamed> again = dreamed(spec(), frames, 2);
    for (int i = 0; i < 4; i++) {
      assertThat(again.get(i).dream().image().rgb()).isEqualTo(once.get(i).dream().image().rgb());
      assertThat(again.get(i).note()).isEqualTo(once.get(i).note());
    }
  }

  @Test
  void aBlackFirstFrameDoesNotKeepTheShotUndreamed() {
    List<Frame> frames = moving(18, i -> Math.min(1, i / 6.0));
    List<Dreamed> dreams = dreamed(spec(), frames, NEVER);
    for (int i = 14; i < 18; i++) {
      double lone = alone(spec(), frames.get(i)).residual().meanAbs();
      assertThat(dreams.get(i).note().strength()).isCloseTo(lone, within(0.25 * lone));
    }
  }

  @Test
  void framesAreDreamedAtTheSizeThatIsAskedFor() {
    Frame large = texture(128, 96, 0, 1, 0);
    try (ShotDreamer shot = shot(spec(), new Size(48, 64))) {
      Dream dream = shot.next(large, false, Pictures.WHOLE).dream();
      assertThat(dream.residual().size()).isEqualTo(new Size(48, 64));
      assertThat(dream.image().size()).isEqualTo(new Size(48, 64));
    }
  }

  @ParameterizedTest
  @CsvSource({"carry, -1", "carry, 3", "blend, -1", "none, -1"})
  void aDreamGoesOnFromAStateAsIfNothingHadHappened(String init, int flash) throws IOException {
    PipelineSpec spec = spec("video.init=" + init);
    List<Frame> frames = moving(7);
    List<Dreamed> whole = dreamed(spec, frames, flash);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    Size size = new Size(frames.get(0).height(), frames.get(0).width());
    try (ShotDreamer first = shot(spec, size)) {
      for (int i = 0; i < 4; i++) {
        first.next(frames.get(i), i == flash, Pictures.WHOLE);
      }
      first.state().write(new DataOutputStream(kept));
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept.toByteArray()));
    try (ShotDreamer second = shot(spec, size)) {
      second.resume(ShotState.read(in, size));
      assertThat(in.read()).isEqualTo(-1);
      for (int i = 4; i < 7; i++) {
        Dreamed dreamed = second.next(frames.get(i), false, Pictures.WHOLE);
        assertThat(dreamed.dream().whole().rgb()).isEqualTo(whole.get(i).dream().whole().rgb());
        assertThat(dreamed.note()).isEqualTo(whole.get(i).note());
      }
    }
  }

  @Test
  void whereTheStrengthIsZeroNothingIsDreamedAndBehindItTheDreamBeginsAnew() {
    List<Frame> frames = moving(8);
    IntFunction<PipelineSpec> spec = i -> spec("strength=" + (i < 2 || i == 5 ? 0 : 0.5));
    List<Dreamed> dreams = dreamed(spec, frames);
    for (int i : new int[] {0, 1, 5}) {
      assertThat(dreams.get(i).dream().steps()).isZero();
      assertThat(dreams.get(i).dream().image().rgb()).isEqualTo(frames.get(i).rgb());
    }
    for (int i : new int[] {2, 6}) {
      assertSame(dreams.get(i), alone(spec.apply(i), frames.get(i)));
    }
    for (int i : new int[] {3, 4, 7}) {
      assertThat(dreams.get(i).note().alone()).isFalse();
      assertThat(dreams.get(i).dream().steps()).isPositive();
    }
  }

  @Test
  void aGreaterStepMakesCarriedFramesAsStrongAsLoneOnes() {
    List<Frame> frames = moving(12);
    IntFunction<PipelineSpec> spec = i -> spec("step=" + (i < 3 ? 1 : 3));
    List<Dreamed> dreams = dreamed(spec, frames);
    double weak = alone(spec.apply(0), frames.get(2)).residual().meanAbs();
    double strong = alone(spec.apply(11), frames.get(11)).residual().meanAbs();
    assertThat(strong).isGreaterThan(1.8 * weak);
    assertThat(dreams.get(2).note().strength()).isCloseTo(weak, within(0.25 * weak));
    assertThat(dreams.get(11).note().alone()).isFalse();
    assertThat(dreams.get(11).note().strength()).isCloseTo(strong, within(0.25 * strong));
  }

  @Test
  void aDreamThatFadesIntoAnotherLeavesTheOldOneBehind() {
    List<Frame> still = moving(1);
    List<Frame> frames = Stream.generate(() -> still.get(0)).limit(24).toList();
    IntFunction<PipelineSpec> fade = i -> layers(Math.max(0, 1 - i / 16.0), Math.min(1, i / 16.0));
    List<Dreamed> dreams = dreamed(fade, timed(frames));
    Dream old = alone(layers(1, 0), frames.get(0));
    Dream other = alone(layers(0, 1), frames.get(0));
    assertThat(similarity(dreams.get(0).dream(), old)).isGreaterThan(0.99);
    assertThat(similarity(dreams.get(23).dream(), old)).isLessThan(0.65);
    assertThat(similarity(dreams.get(23).dream(), other)).isGreaterThan(0.8);
    double strength = other.residual().meanAbs();
    assertThat(dreams.get(23).note().strength()).isCloseTo(strength, within(0.2 * strength));
    assertThat(dreams.subList(1, 24)).noneMatch(dreamed -> dreamed.note().alone());
  }

  @Test
  void aDreamThatTurnsIntoAnotherAtOnceBeginsAnew() {
    List<Frame> frames = moving(5);
    IntFunction<PipelineSpec> turn = i -> i < 3 ? layers(1, 0) : layers(0, 1);
    List<Dreamed> dreams = dreamed(turn, frames);
    assertSame(dreams.get(3), alone(layers(0, 1), frames.get(3)));
    assertThat(dreams.get(4).note().alone()).isFalse();
  }

  @Test
  void theChangeIsHalfTheDifferenceOfTheSharesOfLayersAndClasses() {
    Moment moment = mixture(Map.of(1, 3.0, 2, 1.0));
    assertThat(moment.change(mixture(Map.of(1, 3.0, 2, 1.0)))).isZero();
    assertThat(moment.change(mixture(Map.of(1, 1.5, 2, 0.5)))).isZero();
    assertThat(moment.change(mixture(Map.of(1, 1.0, 2, 1.0)))).isEqualTo(0.25);
    assertThat(moment.change(mixture(Map.of(1, 0.0, 2, 1.0)))).isEqualTo(0.75);
    Moment fading = new Moment(dreamer(layers(3, 1)), spec().video(), STILL);
    assertThat(fading.change(new Moment(dreamer(layers(1, 1)), spec().video(), STILL)))
        .isEqualTo(0.25);
  }

  private static Moment mixture(Map<Integer, Double> classes) {
    Climb climb =
        new Climb(List.of(new ClassLogit("head", classes, 1)), 1, new Ramp(1, 1), new Ramp(0, 0));
    DreamSpec dream = DreamSpec.plain(climb, new Octaves(1, 1.4), 0, 0);
    return new Moment(new Dreamer(network, dream), spec().video(), STILL);
  }

  private static PipelineSpec layers(double first, double second) {
    return spec(
        "layers=[{layer: conv3.1, weight: %s}, {layer: conv4.3, weight: %s}]"
            .formatted(first, second));
  }

  /** The frames at the times of {@link #moving} ones. */
  private static List<Frame> timed(List<Frame> frames) {
    List<Frame> timed = new ArrayList<>();
    for (Frame f : frames) {
      long pts = 40L * timed.size();
      timed.add(new Frame(f.width(), f.height(), f.rgb(), Optional.empty(), pts, false));
    }
    return timed;
  }

  /** The correlation of what was dreamed. */
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
  void theBlendAndTheCarryAreThoseOfTheMoment() {
    List<Frame> frames = moving(3);
    List<Dreamed> blended =
        dreamed(i -> spec("video.init=blend", "video.blend=" + (i < 2 ? 0.5 : 1)), frames);
    assertThat(blended.get(2).dream().whole().rgb())
        .isEqualTo(alone(spec(), frames.get(2)).whole().rgb());
    List<Dreamed> steady = dreamed(spec(), frames, NEVER);
    List<Dreamed> carried = dreamed(i -> spec("video.carry=" + (i < 2 ? 0.97 : 0.2)), frames);
    assertThat(distance(carried.get(1).dream(), steady.get(1).dream())).isZero();
    assertThat(distance(carried.get(2).dream(), steady.get(2).dream())).isPositive();
  }

  @Test
  void aDreamThatChangesGoesOnFromAStateToo() {
    List<Frame> frames = moving(6);
    IntFunction<PipelineSpec> spec = i -> spec("step=" + (1 + i));
    List<Dreamed> whole = dreamed(spec, frames);
    try (ShotDreamer first = shot(spec);
        ShotDreamer second = shot(spec)) {
      frames.subList(0, 3).forEach(frame -> first.next(frame, false, Pictures.WHOLE));
      second.resume(first.state());
      for (int i = 3; i < 6; i++) {
        Dreamed dreamed = second.next(frames.get(i), false, Pictures.WHOLE);
        assertThat(dreamed.dream().whole().rgb()).isEqualTo(whole.get(i).dream().whole().rgb());
      }
    }
  }

  /** Of a scene that stands still nothing moves but what the camera moves. */
  @ParameterizedTest
  @CsvSource({"carry", "blend"})
  void theCameraMovesWhatIsCarriedOverAStillScene(String init) {
    List<Frame> still = spaced(Collections.nCopies(3, texture(64, 48, 0, 1, 0)));
    PipelineSpec steady = spec("video.init=" + init, "iterations=2");
    // 12.5 % of 48 px are 6 px.
    PipelineSpec pushed = spec("video.init=" + init, "iterations=2", "camera.x=12.5");
    float[] first = dreamed(steady, still, NEVER).get(0).dream().residual().rgb();
    float[] calm = dreamed(steady, still, NEVER).get(2).dream().residual().rgb();
    float[] moved = dreamed(i -> i < 2 ? steady : pushed, still).get(2).dream().residual().rgb();
    assertThat(correlation(first, calm, 0)).isGreaterThan(correlation(first, calm, 6));
    assertThat(correlation(first, moved, 6)).isGreaterThan(correlation(first, moved, 0));
  }

  @Test
  void aCameraThatFollowsAScheduleGoesOnFromAStateToo() {
    List<Frame> frames = moving(6);
    IntFunction<PipelineSpec> spec =
        i -> spec("camera.zoom=" + (1 + i / 50.0), "camera.rotate=" + i);
    List<Dreamed> whole = dreamed(spec, frames);
    try (ShotDreamer first = shot(spec);
        ShotDreamer second = shot(spec)) {
      frames.subList(0, 3).forEach(frame -> first.next(frame, false, Pictures.WHOLE));
      second.resume(first.state());
      for (int i = 3; i < 6; i++) {
        Dreamed dreamed = second.next(frames.get(i), false, Pictures.WHOLE);
        assertThat(dreamed.dream().whole().rgb()).isEqualTo(whole.get(i).dream().whole().rgb());
      }
    }
  }

  /** The same at the times of {@link #moving}. */
  private static List<Frame> spaced(List<Frame> frames) {
    List<Frame> spaced = new ArrayList<>();
    for (Frame frame : frames) {
      spaced.add(frame.at(40L * spaced.size()));
    }
    return spaced;
  }

  /** Of one with another that lies so many pixels to its right. */
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

  private static void assertSame(Dreamed dreamed, Dream alone) {
    assertThat(dreamed.dream().image().rgb()).isEqualTo(alone.image().rgb());
    assertThat(dreamed.dream().residual().rgb()).isEqualTo(alone.residual().rgb());
    assertThat(dreamed.note().alone()).isTrue();
    assertThat(dreamed.note().iterations()).isEqualTo(ITERATIONS);
  }

  private static PipelineSpec spec(String... assignments) {
    List<String> all =
        Stream.concat(
                Stream.of("octaves.count=2", "iterations=" + ITERATIONS, "jitter=8"),
                Stream.of(assignments))
            .toList();
    return SpecLoader.load(Optional.empty(), all).spec();
  }

  private static Dreamer dreamer(PipelineSpec spec) {
    return new Dreamer(network, spec.dream(Unmade.MAKER));
  }

  private static ShotDreamer shot(PipelineSpec spec, Size size) {
    Moment always = new Moment(dreamer(spec), spec.video(), spec.camera().move());
    return new ShotDreamer(pts -> always, spec.video(), size, new Clock());
  }

  /** With a spec of its own for each of the {@link #moving} frames. */
  private static ShotDreamer shot(IntFunction<PipelineSpec> specs) {
    return new ShotDreamer(
        pts -> {
          PipelineSpec spec = specs.apply((int) pts / 40);
          return new Moment(dreamer(spec), spec.video(), spec.camera().move());
        },
        specs.apply(0).video(),
        new Size(48, 64),
        new Clock());
  }

  private static List<Dreamed> dreamed(IntFunction<PipelineSpec> specs, List<Frame> frames) {
    try (ShotDreamer shot = shot(specs)) {
      return frames.stream().map(frame -> shot.next(frame, false, Pictures.WHOLE)).toList();
    }
  }

  private static Dream alone(PipelineSpec spec, Frame frame) {
    return dreamer(spec).dream(Sizes.image(frame), frame.pts(), Optional.empty());
  }

  private static List<Dreamed> dreamed(PipelineSpec spec, List<Frame> frames, int flash) {
    List<Dreamed> dreams = new ArrayList<>();
    try (ShotDreamer shot = shot(spec, new Size(48, 64))) {
      for (int i = 0; i < frames.size(); i++) {
        dreams.add(shot.next(frames.get(i), i == flash, Pictures.WHOLE));
      }
    }
    return dreams;
  }

  private static Measures measures(List<Dreamed> dreams) {
    return new Measures(dreams.stream().map(Dreamed::note).toList());
  }

  private static double distance(Dream a, Dream b) {
    return Residual.between(a.whole(), b.whole()).meanAbs();
  }

  private static List<Frame> moving(int frames) {
    return moving(frames, i -> 1);
  }

  private static List<Frame> moving(int frames, IntToDoubleFunction light) {
    List<Frame> moving = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      moving.add(texture(64, 48, 2 * i, light.applyAsDouble(i), 40L * i));
    }
    return moving;
  }

  /** Waves of many directions that move to the right. */
  private static Frame texture(int width, int height, int right, double light, long pts) {
    SplittableRandom random = new SplittableRandom(9);
    double[] rgb = new double[width * height * 3];
    for (int wave = 0; wave < 24; wave++) {
      double fx = random.nextDouble(-0.9, 0.9);
      double fy = random.nextDouble(-0.9, 0.9);
      double phase = random.nextDouble(6);
      for (int i = 0; i < rgb.length; i++) {
        int row = i / 3 / width;
        int column = i / 3 % width - right;
        rgb[i] += 16 * Math.sin(fx * column + fy * row + phase + i % 3 * 0.3 * wave);
      }
    }
    float[] levels = new float[rgb.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (float) (light * Math.max(0, Math.min(255, 120 + rgb[i])));
    }
    return new Frame(width, height, levels, Optional.empty(), pts, false);
  }
}
