package io.reverie.core.dream;

import io.reverie.core.DreamException;
import io.reverie.core.objective.Objective;
import java.util.List;

/**
 * The settings of one octave.
 *
 * @param objectives at least one; their gradients are summed
 * @param iterations number of steps, at least 1
 * @param step mean change per step in grey levels, above 0 and at most 255
 * @param blur sigma in pixels of the Gaussian blur after each step, 0 to 100; 0 disables it
 */
public record OctaveSpec(List<Objective> objectives, int iterations, Ramp step, Ramp blur) {

  private static final double LEAST_STEP = 1e-6;

  public OctaveSpec {
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty()) {
      throw new DreamException("a dream needs at least one layer");
    }
    if (iterations < 1) {
      throw new DreamException("iterations must be at least 1, not " + iterations);
    }
    if (!(step.from() >= LEAST_STEP && step.from() <= 255)) {
      throw new DreamException("step must be above 0 and at most 255, not " + step.from());
    }
    if (!(step.to() >= LEAST_STEP && step.to() <= 255)) {
      throw new DreamException(
          "step times stepEnd (the last step) must be above 0 and at most 255, not " + step.to());
    }
    blur.requireBetween("blur", 0, 100);
  }

  OctaveSpec withAtMost(int most) {
    return new OctaveSpec(objectives, Math.min(iterations, most), step, blur);
  }
}
