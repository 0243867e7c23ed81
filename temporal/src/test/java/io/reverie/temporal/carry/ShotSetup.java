package io.reverie.temporal.carry;

import io.reverie.core.Size;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.network.Network;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;
import io.reverie.video.motion.CameraMotion;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.FlowSettings;
import io.reverie.video.motion.Interpolation;
import java.util.List;

/** Small, quick settings of a shot and its frames. */
record ShotSetup(
    TemporalMode mode,
    double persistence,
    double blend,
    DreamSpec dream,
    CameraMotion camera,
    KeyframeInterval interval) {

  static final int ITERATIONS = 6;

  static ShotSetup of(TemporalMode mode) {
    OctaveSpec octave =
        new OctaveSpec(List.of(l2("conv4.3", 1)), ITERATIONS, Ramp.of(2.5), Ramp.of(0));
    DreamSpec dream = DreamSpec.plain(octave, new Octaves(2, 1.4), 8, 0);
    return new ShotSetup(
        mode, 0.97, 0.5, dream, new CameraMotion(1, 0, 0, 0), KeyframeInterval.EVERY_FRAME);
  }

  static ShotSetup carry() {
    return of(TemporalMode.CARRY);
  }

  private static L2 l2(String layer, double weight) {
    return new L2(layer, ChannelSelector.all(), weight);
  }

  ShotSetup withPersistence(double value) {
    return new ShotSetup(mode, value, blend, dream, camera, interval);
  }

  ShotSetup withBlend(double value) {
    return new ShotSetup(mode, persistence, value, dream, camera, interval);
  }

  ShotSetup withCamera(double zoom, double rotate, double x) {
    return new ShotSetup(
        mode, persistence, blend, dream, new CameraMotion(zoom, rotate, x, 0), interval);
  }

  private ShotSetup with(DreamSpec other) {
    return new ShotSetup(mode, persistence, blend, other, camera, interval);
  }

  ShotSetup withOctaves(int count) {
    return with(dream.withOctaves(count, 1.4));
  }

  ShotSetup withIterations(int iterations) {
    return with(dream.withIterations(iterations));
  }

  ShotSetup withStep(double step) {
    return with(dream.withStep(step));
  }

  ShotSetup withStrength(double strength) {
    return with(dream.withStrength(strength));
  }

  ShotSetup withObjectives(Objective... objectives) {
    return with(dream.withObjectives(objectives));
  }

  /** Two layers, weighted. */
  ShotSetup withLayers(double first, double second) {
    return withObjectives(l2("conv3.1", first), l2("conv4.3", second));
  }

  /** Dreams keyframes so many frames apart. */
  ShotSetup every(int frames) {
    return new ShotSetup(mode, persistence, blend, dream, camera, new KeyframeInterval(frames));
  }

  Shot shot(Size size) {
    FlowSettings flow = new FlowSettings(FlowMethod.MEDIUM, 1, Interpolation.LANCZOS);
    return Shot.of(new ShotSettings(mode, Effort.FAST, flow, interval), size);
  }

  FrameSettings frame(Network network) {
    return new FrameSettings(dreamer(network), persistence, blend, camera);
  }

  Dreamer dreamer(Network network) {
    return new Dreamer(network, dream);
  }
}
