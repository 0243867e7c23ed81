package io.reverie.temporal.carry;

import io.reverie.core.Size;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.Network;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.video.motion.CameraMotion;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.FlowSettings;
import io.reverie.video.motion.Interpolation;
import java.util.List;

/** Small, fast settings of a shot and its frames; each method changes one. */
record ShotSetup(
    TemporalMode mode,
    double persistence,
    double blend,
    int octaves,
    int iterations,
    double step,
    double strength,
    List<Objective> objectives,
    CameraMotion camera) {

  static final int ITERATIONS = 6;

  static ShotSetup of(TemporalMode mode) {
    return new ShotSetup(
        mode, 0.97, 0.5, 2, ITERATIONS, 2.5, 1, List.of(l2("conv4.3", 1)), camera(1, 0, 0));
  }

  static ShotSetup carry() {
    return of(TemporalMode.CARRY);
  }

  private static L2 l2(String layer, double weight) {
    return new L2(layer, ChannelSelector.all(), weight);
  }

  private static CameraMotion camera(double zoom, double rotate, double x) {
    return new CameraMotion(zoom, rotate, x, 0);
  }

  ShotSetup withPersistence(double value) {
    return new ShotSetup(
        mode, value, blend, octaves, iterations, step, strength, objectives, camera);
  }

  ShotSetup withBlend(double value) {
    return new ShotSetup(
        mode, persistence, value, octaves, iterations, step, strength, objectives, camera);
  }

  ShotSetup withOctaves(int value) {
    return new ShotSetup(
        mode, persistence, blend, value, iterations, step, strength, objectives, camera);
  }

  ShotSetup withIterations(int value) {
    return new ShotSetup(
        mode, persistence, blend, octaves, value, step, strength, objectives, camera);
  }

  ShotSetup withStep(double value) {
    return new ShotSetup(
        mode, persistence, blend, octaves, iterations, value, strength, objectives, camera);
  }

  ShotSetup withStrength(double value) {
    return new ShotSetup(
        mode, persistence, blend, octaves, iterations, step, value, objectives, camera);
  }

  /** Sets two weighted layers. */
  ShotSetup withLayers(double first, double second) {
    return withObjectives(l2("conv3.1", first), l2("conv4.3", second));
  }

  ShotSetup withObjectives(Objective... values) {
    return new ShotSetup(
        mode, persistence, blend, octaves, iterations, step, strength, List.of(values), camera);
  }

  ShotSetup withCamera(double zoom, double rotate, double x) {
    return new ShotSetup(
        mode,
        persistence,
        blend,
        octaves,
        iterations,
        step,
        strength,
        objectives,
        camera(zoom, rotate, x));
  }

  ShotDreamer shot(Size size) {
    FlowSettings flow = new FlowSettings(FlowMethod.MEDIUM, 1, Interpolation.LANCZOS);
    return new ShotDreamer(new ShotSettings(mode, Effort.FAST, flow), size, new StageTimer());
  }

  FrameSettings frame(Network network) {
    return new FrameSettings(dreamer(network), persistence, blend, camera);
  }

  Dreamer dreamer(Network network) {
    OctaveSpec octave =
        new OctaveSpec(objectives, iterations, new Ramp(step, step), new Ramp(0, 0));
    return new Dreamer(
        network,
        new DreamSpec(
            octave,
            List.of(),
            new Octaves(octaves, 1.4),
            Robustness.jitter(8),
            Priors.NONE,
            Parameterisation.PIXELS,
            strength,
            0));
  }
}
