package io.reverie.jobs.video;

/**
 * When a checkpoint is due: after an interval, but no more often than writing may cost. A
 * checkpoint is large, and a slow connection would delay the frames after it. Written by the thread
 * that publishes, read by the one that dreams.
 */
final class CheckpointPace {

  /** Part of the time that writing may take. */
  private static final double SHARE = 0.05;

  private final double interval;
  private volatile double writing;
  private long last;

  /**
   * Starts now.
   *
   * @param interval shortest time between two checkpoints in seconds
   * @param now as of {@link System#nanoTime}
   */
  CheckpointPace(double interval, long now) {
    this.interval = interval;
    this.last = now;
  }

  /** Returns whether a checkpoint is due, and counts from now if it is. */
  boolean isDue(long now) {
    boolean due = (now - last) / 1e9 >= Math.max(interval, writing / SHARE);
    if (due) {
      last = now;
    }
    return due;
  }

  /** Notes how long the last checkpoint took to write. */
  void wrote(double seconds) {
    writing = seconds;
  }
}
