package io.reverie.jobs.sync;

import java.util.Optional;

/**
 * When a run begins no further batch.
 *
 * @param turn must be held
 * @param score of the run
 * @param request of the user
 * @param begun {@link System#nanoTime} of the run's begin
 */
record RunLimits(SyncLock turn, Tally score, SyncRequest request, long begun) {

  /** So many failures without a single success are not the inputs' fault. */
  private static final int HOPELESS = 20;

  static final String LOST =
      "the lease was lost, another sync may work now; nothing more was begun";

  /** Why nothing more is to be begun; empty as long as all is well. */
  Optional<String> reached() {
    if (!turn.isHeld()) {
      return Optional.of(LOST);
    }
    if (score.dreamed() == 0 && score.failed() >= HOPELESS) {
      return Optional.of(
          "the first %d items all failed, which looks like more than bad inputs; nothing more was begun"
              .formatted(score.failed()));
    }
    double hours = (System.nanoTime() - begun) / 3.6e12;
    return hours < request.maxHours()
        ? Optional.empty()
        : Optional.of("--max-hours %s is over".formatted(request.maxHours()));
  }
}
