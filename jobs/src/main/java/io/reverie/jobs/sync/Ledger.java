package io.reverie.jobs.sync;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.sync.input.InputKind;
import io.reverie.jobs.sync.packed.PackedFolder;
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

  /** Names the prefixes of inputs. */
  Location inputs() {
    return results.resolve(FOLDER + "inputs.json");
  }

  /** The table of all results. */
  Location table() {
    return results.resolve(FOLDER + "results");
  }

  /** All files of records. */
  Location records() {
    return results.resolve(FOLDER.substring(0, FOLDER.length() - 1));
  }

  /** The records of many results in few files. */
  PackedFolder packed() {
    return new PackedFolder(results.resolve(FOLDER + "packed"));
  }

  /** The records that make packed ones void. */
  Location voids() {
    return results.resolve(FOLDER + "void");
  }

  /** Ensures that only one run is active. */
  Location lease() {
    return results.resolve(FOLDER + "lease");
  }

  /** Parses the name of a listed file; empty for files that are neither records nor results. */
  Optional<RecordName> recordName(FileEntry entry) {
    return recordName(results.relative(entry.location()))
        .map(record -> record.at(entry.modified()));
  }

  private static Optional<RecordName> recordName(String name) {
    if (name.startsWith(FOLDER)) {
      return RecordName.parse(name.substring(FOLDER.length()));
    }
    return InputKind.of(name).map(kind -> RecordName.result(name));
  }
}
