package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Listed;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Unlisted;
import java.io.Serializable;
import java.util.Optional;

/**
 * An input in the listing.
 *
 * @param name below the prefix of the inputs
 * @param fault why it cannot be read at all; empty as a rule
 */
record Found(String name, Kind kind, Entry entry, String fault) implements Serializable {

  /** Empty for what is no input. */
  static Optional<Found> of(Location folder, Listed listed) {
    if (listed instanceof Unlisted bad) {
      return unread(folder, bad);
    }
    Entry entry = (Entry) listed;
    String name = folder.relative(entry.location());
    return Kind.of(name).map(kind -> new Found(name, kind, entry, ""));
  }

  /** A folder may hold inputs. */
  private static Optional<Found> unread(Location folder, Unlisted bad) {
    String name = bad.location().text().substring(folder.asFolder().text().length());
    Optional<Kind> kind = bad.folder() ? Optional.of(Kind.IMAGE) : Kind.of(Kind.plain(name));
    return Kind.isHidden(Kind.plain(name))
        ? Optional.empty()
        : kind.map(k -> new Found(name, k, new Entry(bad.location(), 0, 0, ""), bad.sentence()));
  }

  /** The result's name below the prefix of the results; none where there can be no result. */
  String result() {
    return fault.isEmpty() ? kind.result(name) : name;
  }

  /** Whether the result has its very name. */
  boolean keepsName() {
    return result().equals(name);
  }
}
