package io.reverie.jobs.images;

import io.reverie.core.dream.DreamListener;
import io.reverie.jobs.progress.FrameCounter;

/** Counts the progress of an image in steps. Not thread-safe. */
final class StillProgress implements DreamListener {

  /** Share of the work that is left when the last step is done: encoding and publishing. */
  private static final double REST = 0.02;

  private final FrameCounter counter;
  private long last = System.nanoTime();
  private double counted;

  StillProgress(FrameCounter counter) {
    this.counter = counter;
  }

  @Override
  public boolean afterStep(Progress progress) {
    count((1 - REST) * progress.done());
    return true;
  }

  /** Counts the remaining steps, however the image ended. */
  void end() {
    count(1);
  }

  private void count(double share) {
    long now = System.nanoTime();
    counter.addLone(share - counted, (now - last) / 1e9);
    last = now;
    counted = share;
  }
}
