package io.reverie.jobs.bench;

import io.reverie.core.dream.DreamListener;
import java.util.ArrayList;
import java.util.List;

/** Collects the time of each step of a dream but the first two, which prepare and warm up. */
final class StepTimes implements DreamListener {

  private static final int WARM_UP = 2;

  private final List<Double> seconds = new ArrayList<>();
  private long last;

  @Override
  public boolean afterStep(Progress progress) {
    long now = System.nanoTime();
    if (progress.iteration() > WARM_UP) {
      seconds.add((now - last) / 1e9);
    }
    last = now;
    return true;
  }

  /** Returns the times since the last call. */
  List<Double> take() {
    List<Double> taken = List.copyOf(seconds);
    seconds.clear();
    return taken;
  }
}
