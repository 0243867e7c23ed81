package io.reverie.jobs.forecast;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * The seconds that one slot spends on a still of a given size, with all other slots busy.
 *
 * @param size of the still that was tried
 * @param load what only the first image of a process pays
 * @param steps the gradient steps of all octaves
 * @param rest reading, preparing and writing
 * @param bytes of the result
 */
public record StillCost(StillSize size, double load, double steps, double rest, double bytes)
    implements Serializable {
  public StillCost {
    if (!(load >= 0 && steps >= 0 && rest >= 0 && bytes >= 0)) {
      throw new IllegalArgumentException(
          "a still cannot take %s s to load, %s s for its steps, %s s besides and %s bytes"
              .formatted(load, steps, rest, bytes));
    }
  }

  /**
   * Sizes that decide what a still costs.
   *
   * @param dreamed pixels of the largest octave
   * @param handled pixels of the source and of the result together
   */
  public record StillSize(double dreamed, double handled) implements Serializable {

    public StillSize {
      if (!(dreamed >= 1 && handled >= 1)) {
        throw new IllegalArgumentException(
            "a still cannot have %s and %s pixels".formatted(dreamed, handled));
      }
    }
  }

  public double seconds() {
    return steps + rest;
  }

  /** The same still from a kept dream: all but the ascent. */
  public StillCost replayed() {
    return new StillCost(size, load, 0, rest, bytes);
  }

  /** The same still at another size: steps and the rest both grow with their pixels. */
  StillCost at(StillSize other) {
    double work = other.dreamed() / size.dreamed();
    double pixels = other.handled() / size.handled();
    return new StillCost(other, load, steps * work, rest * pixels, bytes * pixels);
  }

  /** The cost of a still by the trial whose size is nearest. */
  public static StillCost of(StillSize size, List<StillCost> trials) {
    return trials.stream()
        .min(
            Comparator.comparingDouble(
                trial -> Math.abs(Math.log(trial.size().dreamed() / size.dreamed()))))
        .orElseThrow()
        .at(size);
  }

  /** The mean of trials of one size that ran side by side. */
  public static StillCost mean(List<StillCost> trials) {
    return new StillCost(
        trials.get(0).size(),
        trials.stream().mapToDouble(StillCost::load).average().orElseThrow(),
        trials.stream().mapToDouble(StillCost::steps).average().orElseThrow(),
        trials.stream().mapToDouble(StillCost::rest).average().orElseThrow(),
        trials.stream().mapToDouble(StillCost::bytes).average().orElseThrow());
  }
}
