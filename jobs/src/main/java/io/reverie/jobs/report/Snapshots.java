package io.reverie.jobs.report;

import io.reverie.jobs.report.Snapshot.Moment;
import io.reverie.video.Frame;
import io.reverie.video.Size;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.spark.util.AccumulatorV2;

/**
 * Takes pictures of a run in its tasks: the chosen moments, and now and then the newest frame. They
 * travel to the driver with the heartbeats of the tasks.
 */
public final class Snapshots extends AccumulatorV2<Snapshot, List<Snapshot>> {

  private static final long serialVersionUID = 1L;

  /** Time between two pictures of the newest frame in a task; heartbeats are rarer. */
  private static final long PAUSE_NANOS = 4_000_000_000L;

  private final boolean wanted;
  private final Set<Moment> chosen;
  private final int side;

  /** Replaced as a whole: Spark serialises it on another thread. */
  private volatile List<Snapshot> taken = List.of();

  private transient long last;

  private Snapshots(boolean wanted, Set<Moment> chosen, int side) {
    this.wanted = wanted;
    this.chosen = Set.copyOf(chosen);
    this.side = side;
  }

  /** Takes nothing. */
  public static Snapshots none() {
    return new Snapshots(false, Set.of(), 1);
  }

  /**
   * Takes pictures.
   *
   * @param chosen moments that the page shows
   * @param side longest side of a picture in pixels
   */
  static Snapshots of(Set<Moment> chosen, int side) {
    return new Snapshots(true, chosen, side);
  }

  Set<Moment> chosen() {
    return chosen;
  }

  /** Whether to take a picture of this frame. */
  public boolean isDue(String output, long pts) {
    return wanted && (isChosen(output, pts) || isPauseOver());
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
    last = System.nanoTime();
    add(picture(output, pts, seconds, isChosen(output, pts), before, after, side));
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

  @Override
  public synchronized void add(Snapshot snapshot) {
    taken = joined(taken, List.of(snapshot));
  }

  /** The chosen moments, each once, and of the others only the newest. */
  private static List<Snapshot> joined(Collection<Snapshot> some, Collection<Snapshot> more) {
    List<Snapshot> all = new ArrayList<>(some);
    for (Snapshot next : more) {
      all.removeIf(
          old ->
              next.chosen() ? old.moment().equals(next.moment()) && old.chosen() : !old.chosen());
      all.add(next);
    }
    return List.copyOf(all);
  }

  @Override
  public boolean isZero() {
    return taken.isEmpty();
  }

  @Override
  public Snapshots copy() {
    Snapshots copy = new Snapshots(wanted, chosen, side);
    copy.taken = taken;
    return copy;
  }

  @Override
  public void reset() {
    taken = List.of();
  }

  @Override
  public synchronized void merge(AccumulatorV2<Snapshot, List<Snapshot>> other) {
    taken = joined(taken, other.value());
  }

  @Override
  public List<Snapshot> value() {
    return taken;
  }
}
