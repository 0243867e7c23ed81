package io.reverie.jobs.forecast;

import io.reverie.core.text.Count;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Advice on how many executors a job needs to end in time.
 *
 * @param executors numbers to forecast for: 1, 2, 4 and so on, and the smallest that suffices
 * @param enough the smallest that suffices, if any
 * @param best shortest time of all these numbers in seconds
 * @param deadline in seconds
 */
public record Sizing(List<Integer> executors, OptionalInt enough, double best, double deadline) {

  private static final int MAX_EXECUTORS = 1024;

  /** Twice the executors must save as much of the time, or more would only idle. */
  private static final double WORTH = 0.05;

  public Sizing {
    executors = List.copyOf(executors);
    if (!(deadline > 0)) {
      throw new IllegalArgumentException("a job cannot end within %s s".formatted(deadline));
    }
  }

  /**
   * Advises on a job.
   *
   * @param here one of whose executors the others are like
   * @param deadline in seconds
   */
  public static Sizing of(JobModel job, Cluster here, double deadline) {
    TreeSet<Integer> numbers = new TreeSet<>();
    double before = Double.POSITIVE_INFINITY;
    double wall = job.wall(here.with(1));
    int last = 1;
    numbers.add(1);
    while (wall > deadline && last < MAX_EXECUTORS && wall < (1 - WORTH) * before) {
      before = wall;
      last *= 2;
      wall = job.wall(here.with(last));
      numbers.add(last);
    }
    OptionalInt enough =
        wall <= deadline
            ? OptionalInt.of(smallest(job, here, deadline, last))
            : OptionalInt.empty();
    enough.ifPresent(numbers::add);
    return new Sizing(List.copyOf(numbers), enough, Math.min(wall, before), deadline);
  }

  /** Searches between half of a number that suffices and that number. */
  private static int smallest(JobModel job, Cluster here, double deadline, int sufficient) {
    int low = sufficient / 2;
    int high = sufficient;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (job.wall(here.with(middle)) <= deadline) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /**
   * One sentence.
   *
   * @param cores of each executor
   */
  public String sentence(int cores) {
    String within = ForecastText.duration(deadline);
    return enough.isPresent()
        ? String.format(
            Locale.ROOT,
            "to end within %s, use %s of %s",
            within,
            Count.of(enough.getAsInt(), "executor"),
            Count.of(cores, "core"))
        : String.format(
            Locale.ROOT,
            "more executors of %s do not help to end within %s: %s take %s, and some tasks cannot be divided",
            Count.of(cores, "core"),
            within,
            Count.of(executors.get(executors.size() - 1), "executor"),
            ForecastText.duration(best));
  }
}
