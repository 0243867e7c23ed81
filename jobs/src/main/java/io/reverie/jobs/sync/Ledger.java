package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.Optional;

/**
 * The records of what was done, beside the results: a small file for each event, whose name tells
 * all that the next run asks.
 *
 * @param results the prefix of the results
 */
record Ledger(Location results) implements Serializable {

  private static final String FOLDER = ".reverie/sync/";

  Location location(RecordName trace) {
    return results.resolve(FOLDER + trace.name());
  }

  /** What the last run printed. */
  Location manifest() {
    return results.resolve(FOLDER + "last.json");
  }

  /** What keeps two runs apart. */
  Location lease() {
    return results.resolve(FOLDER + "lease");
  }

  /**
   * What a file below the prefix of the results tells; empty for those that tell nothing.
   *
   * @param name below the prefix
   */
  static Optional<RecordName> trace(String name) {
    if (name.startsWith(FOLDER)) {
      return RecordName.parse(name.substring(FOLDER.length()));
    }
    return InputKind.of(name).map(kind -> RecordName.result(name));
  }
}
