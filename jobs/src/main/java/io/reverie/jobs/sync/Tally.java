package io.reverie.jobs.sync;

import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What has become of the items of a run so far: counts, and some of the outcomes. */
final class Tally {

  /** Outcomes that a report names. */
  static final int MOST = 1000;

  private final List<Outcome> failures = new ArrayList<>();
  private final List<Outcome> others = new ArrayList<>();
  private final Consumer<Outcome> listener;
  private long dreamed;
  private long failed;

  /**
   * A new one.
   *
   * @param listener hears of each outcome, one after the other
   */
  Tally(Consumer<Outcome> listener) {
    this.listener = listener;
  }

  synchronized void add(Outcome outcome) {
    boolean failure = outcome.status() == Status.FAILED;
    if (failure) {
      failed++;
    } else {
      dreamed++;
    }
    List<Outcome> kept = failure ? failures : others;
    if (kept.size() < MOST) {
      kept.add(outcome);
    }
    listener.accept(outcome);
  }

  synchronized long dreamed() {
    return dreamed;
  }

  synchronized long failed() {
    return failed;
  }

  /** The failures before the others, as many as a report names. */
  synchronized List<Outcome> outcomes() {
    return Stream.concat(failures.stream(), others.stream()).limit(MOST).toList();
  }
}
