package io.reverie.jobs.sync;

import io.reverie.jobs.sync.lock.SyncLock;
import java.util.Optional;

/**
 * Decides when a run starts no further batch.
 *
 * @param lock must be held
 * @param tally of the run
 * @param request of the user
 * @param start {@link System#nanoTime} at the start of the run
 */
record RunLimits(SyncLock lock, Tally tally, SyncRequest request, long start) {

  /** With this many failed dreams and no success, the inputs are not at fault. */
  private static final int MAX_FAILURES = 20;

  static final String LOST =
      "the lease was lost, so another sync may be active; no more items were started";

  /** The reason to start no more batches; empty while batches may start. */
  Optional<String> reached() {
    if (!lock.isHeld()) {
      return Optional.of(LOST);
    }
    if (tally.dreamed() == 0 && tally.failedDreams() >= MAX_FAILURES) {
      return Optional.of(
          "the first %d items all failed, which suggests a problem other than the inputs; no more items were started"
              .formatted(tally.failedDreams()));
    }
    double hours = (System.nanoTime() - start) / 3.6e12;
    return hours < request.maxHours()
        ? Optional.empty()
        : Optional.of("the limit of --max-hours %s was reached".formatted(request.maxHours()));
  }
}
