package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.List;

/**
 * An input to dream.
 *
 * @param name below the prefix of the inputs
 * @param kind what it is
 * @param input as it was listed
 * @param output where the result goes
 * @param mark names its records
 * @param attempt the number of the next attempt, from 1 on
 * @param suspect whether an earlier attempt never ended, so that it may have killed its machine
 * @param outdated records that this work replaces
 * @param refusal why it cannot be dreamed at all; empty as a rule
 */
public record SyncItem(
    String name,
    InputKind kind,
    Entry input,
    Location output,
    Mark mark,
    int attempt,
    boolean suspect,
    List<RecordName> outdated,
    String refusal)
    implements Serializable {

  /** The prefix of the results, by the name that the result has below it. */
  Location folder() {
    String below = kind.result(name);
    return new Location(output.text().substring(0, output.text().length() - below.length()));
  }

  /** Attempts that failed. */
  int failures() {
    return attempt - 1;
  }
}
