package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Listed;
import io.reverie.jobs.storage.ListingFault;
import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.Optional;

/**
 * An input in the listing.
 *
 * @param name below the prefix of the inputs
 * @param fault why it cannot be read at all; empty as a rule
 */
record InputEntry(String name, InputKind kind, Entry entry, String fault) implements Serializable {

  /** Empty for what is no input. */
  static Optional<InputEntry> of(Location folder, Listed listed) {
    if (listed instanceof ListingFault bad) {
      return unread(folder, bad);
    }
    Entry entry = (Entry) listed;
    String name = folder.relative(entry.location());
    return InputKind.of(name).map(kind -> new InputEntry(name, kind, entry, ""));
  }

  /** A folder may hold inputs. */
  private static Optional<InputEntry> unread(Location folder, ListingFault bad) {
    String name = bad.location().text().substring(folder.asFolder().text().length());
    Optional<InputKind> kind =
        bad.folder() ? Optional.of(InputKind.IMAGE) : InputKind.of(InputKind.plain(name));
    return InputKind.isHidden(InputKind.plain(name))
        ? Optional.empty()
        : kind.map(
            k -> new InputEntry(name, k, new Entry(bad.location(), 0, 0, ""), bad.sentence()));
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
