package io.reverie.jobs.sync;

import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Outcomes of a run so far: counts, and a limited number of details. */
final class Tally {

  /** Maximum number of outcomes in a report. */
  static final int MAX_OUTCOMES = 1000;

  private final List<Outcome> failures = new ArrayList<>();
  private final List<Outcome> others = new ArrayList<>();
  private final BiConsumer<SyncItem, Outcome> listener;
  private long dreamed;
  private long failed;
  private long refused;

  /**
   * @param listener receives each outcome, one at a time
   */
  Tally(BiConsumer<SyncItem, Outcome> listener) {
    this.listener = listener;
  }

  synchronized void add(SyncItem item, Outcome outcome) {
    boolean failure = outcome.status() == Status.FAILED;
    if (failure) {
      failed++;
      refused += item.refusal().isEmpty() ? 0 : 1;
    } else {
      dreamed++;
    }
    List<Outcome> kept = failure ? failures : others;
    if (kept.size() < MAX_OUTCOMES) {
      kept.add(outcome);
    }
    listener.accept(item, outcome);
  }

  synchronized long dreamed() {
    return dreamed;
  }

  synchronized long failed() {
    return failed;
  }

  /** How many failed although their listing gave no reason to. */
  synchronized long failedDreams() {
    return failed - refused;
  }

  /** Failures first, then the others, as many as a report contains. */
  synchronized List<Outcome> outcomes() {
    return Stream.concat(failures.stream(), others.stream()).limit(MAX_OUTCOMES).toList();
  }
}
