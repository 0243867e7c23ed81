package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.WarmStart;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.FocusRule.Start;
import io.reverie.temporal.measure.FrameMeter.Sample;
import io.reverie.video.motion.CameraMotion;
import io.reverie.video.motion.Motion;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The starting point of one frame's ascent, and the state that it passes on.
 *
 * @param source at the size of the ascent
 */
record FrameStart(ShotSettings shot, FrameSettings settings, Image source, Mask mask) {

  /**
   * Returns the start after a previous frame; empty if this frame is dreamed alone.
   *
   * @param motion since that frame; empty if unknown
   * @param target the strength of the shot
   * @param alone strength of this frame dreamed alone, computed only if needed
   */
  Optional<Start> after(
      LastKeyframe before, Optional<Motion> motion, StrengthTarget target, DoubleSupplier alone) {
    if (mask.isEmpty()) {
      return Optional.empty();
    }
    return switch (shot.mode()) {
      case NONE -> Optional.empty();
      case BLEND -> Optional.of(new Start(blended(before), before.carried().shares()));
      case CARRY -> motion.flatMap(m -> carried(before, m, target, alone));
    };
  }

  private Optional<Start> carried(
      LastKeyframe before, Motion motion, StrengthTarget target, DoubleSupplier alone) {
    double change = settings.objectives().change(before.objectives());
    if (before.carried().isNone() || ObjectiveShares.restarts(change)) {
      return Optional.empty();
    }
    double strength = target.strength(source, mask, settings.ascentLength(), change, alone);
    FocusRule rule =
        new FocusRule(
            settings.effectivePersistence(change),
            settings.dreamer().spec().iterations(),
            shot.effort().largestStep(),
            shot.flow().warp(),
            target.aim());
    return strength > 0
        ? Optional.of(rule.start(source, moved(before.carried()), motion, mask, strength))
        : Optional.empty();
  }

  /**
   * Applies the camera motion, before the motion of objects; newly visible areas start undreamed.
   */
  private CarriedState moved(CarriedState carried) {
    if (settings.camera().isStill()) {
      return carried;
    }
    float[] shares = moved(carried.shares(), 1);
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.max(0, Math.min(1, shares[i]));
    }
    return new CarriedState(
        new Residual(source.size(), moved(carried.residual().rgb(), 3)), shares);
  }

  private float[] moved(float[] values, int channels) {
    return settings
        .camera()
        .move(
            values,
            channels,
            source.size().width(),
            source.size().height(),
            CameraMotion.Edge.EMPTY);
  }

  /**
   * Returns the start {@code b I + (1 - b) D} with D the previous dream, moved only by the camera;
   * weighted by the mask.
   */
  private WarmStart blended(LastKeyframe before) {
    float[] dreamed = new float[source.rgb().length];
    for (int i = 0; i < dreamed.length; i++) {
      dreamed[i] = before.source().rgb()[i] + before.carried().residual().rgb()[i];
    }
    float[] moved =
        settings
            .camera()
            .move(
                dreamed,
                3,
                source.size().width(),
                source.size().height(),
                CameraMotion.Edge.MIRRORED);
    float[] rgb = new float[dreamed.length];
    for (int i = 0; i < rgb.length; i++) {
      double part = (1 - settings.blend()) * mask.weights()[i / 3];
      rgb[i] = (float) (part * (moved[i] - source.rgb()[i]));
    }
    return new WarmStart(
        new Residual(source.size(), rgb), settings.dreamer().spec().iterations(), Optional.empty());
  }

  CarriedState carriedState(Dream dream, Optional<Start> start) {
    if (!settings.isDreaming() || mask.isEmpty()) {
      return CarriedState.none(dream.residual());
    }
    return start
        .map(s -> new CarriedState(dream.residual(), s.shares()))
        .orElseGet(() -> CarriedState.whole(dream.residual(), mask));
  }

  Sample sample(long pts, Dream dream, Optional<Start> start) {
    int alone = mask.isEmpty() ? 0 : settings.dreamer().spec().iterations();
    return new Sample(
        pts,
        source,
        dream.image(),
        dream.residual(),
        start.map(s -> s.warmStart().iterations()).orElse(alone),
        start.isEmpty(),
        this::value);
  }

  Sample inbetween(long pts, Dream dream) {
    return new Sample(pts, source, dream.image(), dream.residual(), 0, false, this::value);
  }

  private double value(Image image) {
    return settings.isDreaming() ? settings.dreamer().value(image) : Double.NaN;
  }
}
