package io.reverie.jobs.report;

import io.reverie.jobs.report.Snapshot.Moment;
import io.reverie.video.Frame;
import io.reverie.video.Size;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes pictures of a run in its tasks: the chosen moments and, at intervals, the newest frame. The
 * heartbeats of the tasks carry them to the driver.
 */
public final class Snapshots implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Time between two pictures of the newest frame in a task; heartbeats are rarer. */
  private static final long PAUSE_NANOS = 4_000_000_000L;

  /** Null if no page wants pictures: Spark serialises only accumulators that it knows. */
  private final @Nullable SnapshotAccumulator taken;

  @SuppressWarnings("serial") // Set.copyOf is serialisable.
  private final Set<Moment> chosen;

  private final int side;

  private transient long last;

  private Snapshots(@Nullable SnapshotAccumulator taken, Set<Moment> chosen, int side) {
    this.taken = taken;
    this.chosen = Set.copyOf(chosen);
    this.side = side;
  }

  /** Takes nothing. */
  public static Snapshots none() {
    return new Snapshots(null, Set.of(), 1);
  }

  /**
   * Takes pictures.
   *
   * @param taken receives them; registered with Spark
   * @param chosen moments that the page shows
   * @param side longest side of a picture in pixels
   */
  static Snapshots of(SnapshotAccumulator taken, Set<Moment> chosen, int side) {
    return new Snapshots(taken, chosen, side);
  }

  /** Whether no page wants pictures. */
  public boolean isNone() {
    return taken == null;
  }

  /** Takes more chosen moments with the same accumulator. */
  Snapshots and(Set<Moment> more) {
    Set<Moment> all = new HashSet<>(chosen);
    all.addAll(more);
    return new Snapshots(taken, all, side);
  }

  /** Takes only these of the chosen moments, as in the tasks of one result. */
  Snapshots only(Set<Moment> some) {
    return new Snapshots(taken, some, side);
  }

  Set<Moment> chosen() {
    return chosen;
  }

  /** Returns whether to take a picture of this frame. */
  public boolean isDue(String output, long pts) {
    return taken != null && (isChosen(output, pts) || isPauseOver());
  }

  boolean isChosen(String output, long pts) {
    return chosen.contains(new Moment(output, pts));
  }

  private boolean isPauseOver() {
    return last == 0 || System.nanoTime() - last >= PAUSE_NANOS;
  }

  /**
   * Takes a picture.
   *
   * @param seconds since the start of the source
   * @param before the source as a standard display shows it
   * @param after the dream, likewise
   */
  public void take(String output, long pts, double seconds, Frame before, Frame after) {
    if (taken != null) {
      last = System.nanoTime();
      taken.add(picture(output, pts, seconds, isChosen(output, pts), before, after, side));
    }
  }

  /** Makes a picture of a chosen moment without a task of a dream. */
  public static Snapshot picture(
      String output, long pts, double seconds, Frame before, Frame after, int side) {
    return picture(output, pts, seconds, true, before, after, side);
  }

  private static Snapshot picture(
      String output,
      long pts,
      double seconds,
      boolean chosen,
      Frame before,
      Frame after,
      int side) {
    Size size = Thumbnails.size(after.width(), after.height(), side);
    return new Snapshot(
        output,
        pts,
        seconds,
        chosen,
        System.currentTimeMillis(),
        size.width(),
        size.height(),
        Thumbnails.jpeg(before, size),
        Thumbnails.jpeg(after, size));
  }
}
