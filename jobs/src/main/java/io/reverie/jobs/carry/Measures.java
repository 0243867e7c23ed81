package io.reverie.jobs.carry;

import io.reverie.jobs.carry.FrameNote.Part;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was measured over a number of frames; a value that cannot be told is not a number.
 *
 * @param notes in the order of their times
 */
public record Measures(List<FrameNote> notes) {

  public Measures {
    notes = List.copyOf(notes);
  }

  /** The root of the dream's mean warping error beyond the source's, colours in 0..1. */
  public double flicker() {
    return Math.sqrt(
        Math.max(
            0,
            notes.stream()
                .filter(FrameNote::hasFlicker)
                .mapToDouble(FrameNote::excess)
                .average()
                .orElse(Double.NaN)));
  }

  /** The flicker of the frame in the middle, when sorted by it. */
  public double medianFlicker() {
    double[] each =
        notes.stream().filter(FrameNote::hasFlicker).mapToDouble(FrameNote::flicker).toArray();
    Arrays.sort(each);
    return each.length == 0 ? Double.NaN : each[each.length / 2];
  }

  /** The mean magnitude of what was dreamed, in grey levels. */
  public double strength() {
    return notes.stream().mapToDouble(FrameNote::strength).average().orElse(Double.NaN);
  }

  /** The same over places uncovered within 5 frames. */
  public double young() {
    return strength(FrameNote::young);
  }

  /** The same over places seen for more than 20 frames. */
  public double old() {
    return strength(FrameNote::old);
  }

  private double strength(Function<FrameNote, Part> which) {
    double sum = notes.stream().map(which).mapToDouble(Part::sum).sum();
    long places = notes.stream().map(which).mapToLong(Part::places).sum();
    return places > 0 ? sum / places : Double.NaN;
  }

  /** The objective of the dream over that of the source. */
  public double gain() {
    return notes.stream()
        .mapToDouble(FrameNote::gain)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** Run at each size for a frame, on average. */
  public double iterations() {
    return notes.stream().mapToInt(FrameNote::iterations).average().orElse(Double.NaN);
  }

  /** Of some of the frames. */
  public Measures of(Predicate<FrameNote> which) {
    return new Measures(notes.stream().filter(which).toList());
  }
}
