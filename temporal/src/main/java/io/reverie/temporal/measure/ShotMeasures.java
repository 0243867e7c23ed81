package io.reverie.temporal.measure;

import io.reverie.temporal.measure.FrameMeasures.Part;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Measures over several frames; unknown values are NaN.
 *
 * @param frames in the order of their times
 */
public record ShotMeasures(List<FrameMeasures> frames) {

  public ShotMeasures {
    frames = List.copyOf(frames);
  }

  /** Returns the square root of the mean excess warping error, for colours in 0..1. */
  public double flicker() {
    return Math.sqrt(
        Math.max(
            0,
            frames.stream()
                .filter(FrameMeasures::hasFlicker)
                .mapToDouble(FrameMeasures::excess)
                .average()
                .orElse(Double.NaN)));
  }

  /** Returns the median of the frames' flicker. */
  public double medianFlicker() {
    double[] each =
        frames.stream()
            .filter(FrameMeasures::hasFlicker)
            .mapToDouble(FrameMeasures::flicker)
            .toArray();
    Arrays.sort(each);
    return each.length == 0 ? Double.NaN : each[each.length / 2];
  }

  /**
   * Returns the flicker of every run of consecutive frames of which all match a condition, in
   * ascending order: how much the flicker of so many frames varies.
   *
   * @param length frames of a run, at least 1
   */
  public List<Double> flickerOfRuns(int length, Predicate<FrameMeasures> which) {
    return IntStream.rangeClosed(0, frames.size() - length)
        .mapToObj(from -> frames.subList(from, from + length))
        .filter(run -> run.stream().allMatch(which.and(FrameMeasures::hasFlicker)))
        .map(run -> new ShotMeasures(run).flicker())
        .sorted()
        .toList();
  }

  /** Returns the mean magnitude of the residual in grey levels. */
  public double strength() {
    return frames.stream().mapToDouble(FrameMeasures::strength).average().orElse(Double.NaN);
  }

  /** Returns the strength over pixels uncovered within 5 frames. */
  public double young() {
    return strength(FrameMeasures::young);
  }

  /** Returns the strength over pixels visible for more than 20 frames. */
  public double old() {
    return strength(FrameMeasures::old);
  }

  private double strength(Function<FrameMeasures, Part> which) {
    double sum = frames.stream().map(which).mapToDouble(Part::sum).sum();
    long places = frames.stream().map(which).mapToLong(Part::places).sum();
    return places > 0 ? sum / places : Double.NaN;
  }

  /** Returns the mean of the objective of the dream divided by that of the source. */
  public double gain() {
    return frames.stream()
        .mapToDouble(FrameMeasures::gain)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** Returns the mean number of steps per octave and frame. */
  public double iterations() {
    return frames.stream().mapToInt(FrameMeasures::iterations).average().orElse(Double.NaN);
  }

  /** Returns the measures of the frames that match a condition. */
  public ShotMeasures of(Predicate<FrameMeasures> which) {
    return new ShotMeasures(frames.stream().filter(which).toList());
  }
}
