package io.reverie.jobs.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * The time left of a running stage: the model of the forecast, with what its frames have taken so
 * far instead of a calibration.
 *
 * @param tasks frames of each, in the order in which they start
 * @param slots number of tasks at once
 */
public record Pace(List<Integer> tasks, int slots) {

  /** Share of a lone frame's time that a carried frame takes, until one has been measured. */
  private static final double CARRIED = 0.3;

  public Pace {
    tasks = List.copyOf(tasks);
    if (slots < 1) {
      throw new IllegalArgumentException("a pace cannot have %d slots".formatted(slots));
    }
  }

  /**
   * Frames and the seconds that they took.
   *
   * @param lone frames that were dreamed without a previous one; a part of a frame counts as such
   * @param carried frames that continued the one before
   */
  public record Taken(double lone, double loneSeconds, double carried, double carriedSeconds) {
    public Taken {
      if (!(lone >= 0 && loneSeconds >= 0 && carried >= 0 && carriedSeconds >= 0)) {
        throw new IllegalArgumentException(
            "%s lone frames cannot take %s s, nor %s carried ones %s s"
                .formatted(lone, loneSeconds, carried, carriedSeconds));
      }
    }

    private double ofLone() {
      return lone > 0 ? loneSeconds / lone : carriedSeconds / carried / CARRIED;
    }

    private double ofCarried() {
      return carried > 0 ? carriedSeconds / carried : CARRIED * loneSeconds / lone;
    }
  }

  /**
   * Returns the seconds that are left; empty before the first frame.
   *
   * @param done frames that each task has finished, by its place in the list
   */
  public OptionalDouble left(IntToDoubleFunction done, Taken taken) {
    if (taken.lone() + taken.carried() <= 0) {
      return OptionalDouble.empty();
    }
    List<Double> begun = new ArrayList<>();
    List<Double> waiting = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      double finished = done.applyAsDouble(i);
      double first = Math.max(0, 1 - finished) * taken.ofLone();
      double others = Math.min(tasks.get(i) - 1, tasks.get(i) - finished) * taken.ofCarried();
      (finished > 0 ? begun : waiting).add(first + Math.max(0, others));
    }
    begun.removeIf(seconds -> seconds == 0);
    begun.addAll(waiting);
    return OptionalDouble.of(TaskPacking.secondsOf(begun, slots));
  }
}
