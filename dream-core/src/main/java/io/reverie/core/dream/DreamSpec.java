package io.reverie.core.dream;

import io.reverie.core.DreamException;
import io.reverie.core.objective.Objective;
import java.util.List;

/**
 * How to dream one image; everything here changes the picture.
 *
 * @param objectives at least one; their gradients are summed
 * @param octaves the sizes
 * @param iterations steps at each size, at least 1
 * @param step the mean change of a step, in grey levels, above 0
 * @param jitter the largest circular shift before a step, in pixels, at least 0
 * @param smoothing of the gradient
 * @param strength output = source + strength * residual; 0 gives the source back
 * @param seed of all random draws
 */
public record DreamSpec(
    List<Objective> objectives,
    Octaves octaves,
    int iterations,
    double step,
    int jitter,
    Smoothing smoothing,
    double strength,
    long seed) {

  public DreamSpec {
    objectives = List.copyOf(objectives);
    require(!objectives.isEmpty(), "a dream needs at least one layer", "");
    require(iterations >= 1, "iterations must be at least 1, not ", iterations);
    require(step > 0 && step <= 255, "step must be above 0 and at most 255, not ", step);
    require(jitter >= 0, "jitter must be 0 or more, not ", jitter);
    require(strength >= 0 && strength <= 10, "strength must be between 0 and 10, not ", strength);
  }

  /** The sentence for a source of which no step found a gradient. */
  public String nothingToDream(String what) {
    return "nothing to dream: layer %s does not respond to this %s at all; choose another layer, channel or weight"
        .formatted(objectives.get(0).layer(), what);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new DreamException(message + value);
    }
  }
}
