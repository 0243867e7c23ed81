package io.reverie.jobs.bench;

import java.util.List;

/** The median, which a few slow runs on a shared machine do not change. */
final class Median {

  private Median() {}

  /**
   * Returns the middle value, or the mean of the two middle ones.
   *
   * @param values at least one
   */
  static double of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("the median of no values is undefined");
    }
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }
}
