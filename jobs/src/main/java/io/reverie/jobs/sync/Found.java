package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Entry;
import java.io.Serializable;
import java.util.Optional;

/**
 * An input in the listing.
 *
 * @param name below the prefix of the inputs
 */
record Found(String name, Kind kind, Entry entry) implements Serializable {

  /** Empty for what is no input. */
  static Optional<Found> of(String name, Entry entry) {
    return Kind.of(name).map(kind -> new Found(name, kind, entry));
  }

  /** The result's name below the prefix of the results. */
  String result() {
    return kind.result(name);
  }

  /** Whether the result has its very name. */
  boolean keepsName() {
    return result().equals(name);
  }
}
