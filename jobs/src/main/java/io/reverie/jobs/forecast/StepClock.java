package io.reverie.jobs.forecast;

import io.reverie.core.dream.DreamListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times the steps of a dream that makes only a few of them at each octave, and computes what all
 * steps would take. Not thread-safe.
 */
public final class StepClock implements DreamListener {

  private final LongSupplier nanos;
  private final List<Octave> octaves = new ArrayList<>();
  private long last;

  /** The steps that were made at one octave; a step after the first has no preparation in it. */
  private static final class Octave {
    private int steps;
    private double all;
    private double later;

    double step() {
      return steps > 1 ? later / (steps - 1) : all;
    }
  }

  public StepClock() {
    this(System::nanoTime);
  }

  StepClock(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  @Override
  public boolean afterStep(Progress progress) {
    long now = nanos.getAsLong();
    double seconds = (now - last) / 1e9;
    last = now;
    while (octaves.size() < progress.octave()) {
      octaves.add(new Octave());
    }
    Octave octave = octaves.get(progress.octave() - 1);
    octave.steps++;
    octave.all += seconds;
    octave.later += octave.steps > 1 ? seconds : 0;
    return true;
  }

  /** Seconds of the steps that were made, without the preparation before each octave's first. */
  public double made() {
    return octaves.stream().mapToDouble(octave -> octave.steps * octave.step()).sum();
  }

  /**
   * Seconds of all steps.
   *
   * @param iterations the steps of each octave in a real dream, smallest octave first
   */
  public double all(List<Integer> iterations) {
    double seconds = 0;
    for (int k = 0; k < octaves.size(); k++) {
      seconds += iterations.get(k) * octaves.get(k).step();
    }
    return seconds;
  }
}
