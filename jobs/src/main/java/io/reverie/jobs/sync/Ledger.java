package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.Optional;

/**
 * The records of earlier runs, beside the results: a small file per event, whose name contains
 * everything that the next run needs.
 *
 * @param results prefix of the results
 */
record Ledger(Location results) implements Serializable {

  private static final String FOLDER = ".reverie/sync/";

  Location location(RecordName recordName) {
    return results.resolve(FOLDER + recordName.name());
  }

  /** The report of the last run. */
  Location manifest() {
    return results.resolve(FOLDER + "last.json");
  }

  /** The table of all results. */
  Location table() {
    return results.resolve(FOLDER + "results");
  }

  /** Ensures that only one run is active. */
  Location lease() {
    return results.resolve(FOLDER + "lease");
  }

  /**
   * Parses the name of a file; empty for files that are neither records nor results.
   *
   * @param name relative to the prefix of the results
   */
  static Optional<RecordName> recordName(String name) {
    if (name.startsWith(FOLDER)) {
      return RecordName.parse(name.substring(FOLDER.length()));
    }
    return InputKind.of(name).map(kind -> RecordName.result(name));
  }
}
