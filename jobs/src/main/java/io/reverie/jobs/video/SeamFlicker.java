package io.reverie.jobs.video;

import io.reverie.jobs.plan.Seam;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.ShotMeasures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the flicker of a shot at its seams with that elsewhere, however many seams it has. */
final class SeamFlicker {

  private final ShotMeasures measured;
  private final TreeMap<Long, Seam> seams = new TreeMap<>();
  private final Map<Integer, Optional<Extremes>> elsewhere = new HashMap<>();

  /**
   * @param measured frames of the shot in order of time
   * @param seams of the shot, at least one
   */
  SeamFlicker(ShotMeasures measured, List<Seam> seams) {
    this.measured = measured;
    seams.forEach(seam -> this.seams.put(seam.range().from(), seam));
  }

  /** The smallest and the largest value. */
  record Extremes(double least, double most) {}

  /** Whether a frame is neither faded nor the first after a seam. */
  boolean isOutside(FrameMeasures frame) {
    Map.Entry<Long, Seam> last = seams.floorEntry(frame.pts());
    return last == null || frame.pts() >= last.getValue().margin().to();
  }

  /** The frames of a seam and the one after it. */
  ShotMeasures at(Seam seam) {
    return new ShotMeasures(
        measured.frames().subList(first(seam.range().from()), first(seam.margin().to())));
  }

  /** The place of the first frame at or after a time. */
  private int first(long pts) {
    int low = 0;
    int high = measured.frames().size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (measured.frames().get(middle).pts() < pts) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The smallest and largest flicker of equally many frames outside all seams. */
  Optional<Extremes> elsewhere(int frames) {
    return elsewhere.computeIfAbsent(
        frames,
        length -> {
          List<Double> runs = measured.flickerOfRuns(length, this::isOutside);
          return runs.isEmpty()
              ? Optional.empty()
              : Optional.of(new Extremes(runs.get(0), runs.get(runs.size() - 1)));
        });
  }
}
