package io.reverie.jobs.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.util.AccumulatorV2;

/** Carries pictures to the driver with the heartbeats of the tasks. */
final class SnapshotAccumulator extends AccumulatorV2<Snapshot, List<Snapshot>> {

  private static final long serialVersionUID = 1L;

  /** Replaced as a whole: Spark serialises it on another thread. */
  @SuppressWarnings("serial") // List.copyOf is serialisable.
  private volatile List<Snapshot> taken = List.of();

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
  public SnapshotAccumulator copy() {
    SnapshotAccumulator copy = new SnapshotAccumulator();
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
