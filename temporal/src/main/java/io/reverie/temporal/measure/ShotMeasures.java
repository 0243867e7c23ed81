package io.reverie.temporal.measure;

import io.reverie.temporal.measure.FrameMeasures.Part;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was measured over a number of frames; a value that cannot be told is not a number.
 *
 * @param notes in the order of their times
 */
public record ShotMeasures(List<FrameMeasures> notes) {

  public ShotMeasures {
    notes = List.copyOf(notes);
  }

  /** The root of the dream's mean warping error beyond the source's, colours in 0..1. */
  public double flicker() {
    return Math.sqrt(
        Math.max(
            0,
            notes.stream()
                .filter(FrameMeasures::hasFlicker)
                .mapToDouble(FrameMeasures::excess)
                .average()
                .orElse(Double.NaN)));
  }

  /** The flicker of the frame in the middle, when sorted by it. */
  public double medianFlicker() {
    double[] each =
        notes.stream()
            .filter(FrameMeasures::hasFlicker)
            .mapToDouble(FrameMeasures::flicker)
            .toArray();
    Arrays.sort(each);
    return each.length == 0 ? Double.NaN : each[each.length / 2];
  }

  /** The mean magnitude of what was dreamed, in grey levels. */
  public double strength() {
    return notes.stream().mapToDouble(FrameMeasures::strength).average().orElse(Double.NaN);
  }

  /** The same over places uncovered within 5 frames. */
  public double young() {
    return strength(FrameMeasures::young);
  }

  /** The same over places seen for more than 20 frames. */
  public double old() {
    return strength(FrameMeasures::old);
  }

  private double strength(Function<FrameMeasures, Part> which) {
    double sum = notes.stream().map(which).mapToDouble(Part::sum).sum();
    long places = notes.stream().map(which).mapToLong(Part::places).sum();
    return places > 0 ? sum / places : Double.NaN;
  }

  /** The objective of the dream over that of the source. */
  public double gain() {
    return notes.stream()
        .mapToDouble(FrameMeasures::gain)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** Run at each size for a frame, on average. */
  public double iterations() {
    return notes.stream().mapToInt(FrameMeasures::iterations).average().orElse(Double.NaN);
  }

  /** Of some of the frames. */
  public ShotMeasures of(Predicate<FrameMeasures> which) {
    return new ShotMeasures(notes.stream().filter(which).toList());
  }
}
