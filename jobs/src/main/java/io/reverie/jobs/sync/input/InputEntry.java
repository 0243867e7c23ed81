package io.reverie.jobs.sync.input;

import io.reverie.jobs.listing.HiddenNames;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.ListingEntry;
import io.reverie.jobs.storage.ListingFault;
import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.Optional;

/**
 * An input found by the listing.
 *
 * @param name relative to the prefix of the inputs
 * @param fault why it cannot be read; empty if it can
 */
public record InputEntry(String name, InputKind kind, FileEntry entry, String fault)
    implements Serializable {

  /** Parses a listed entry; empty for files that are not inputs. */
  public static Optional<InputEntry> of(Location folder, ListingEntry listed) {
    if (listed instanceof ListingFault fault) {
      return unreadable(folder, fault);
    }
    FileEntry entry = (FileEntry) listed;
    String name = folder.relative(entry.location());
    return InputKind.of(name).map(kind -> new InputEntry(name, kind, entry, ""));
  }

  /**
   * Reports an unreadable file that would be an input, or an unreadable folder, which may contain
   * some.
   */
  private static Optional<InputEntry> unreadable(Location folder, ListingFault fault) {
    String name = name(folder, fault);
    Optional<InputKind> kind =
        fault.folder() ? Optional.of(InputKind.IMAGE) : InputKind.of(InputKind.plain(name));
    return isHidden(name)
        ? Optional.empty()
        : kind.map(
            k ->
                new InputEntry(
                    name, k, new FileEntry(fault.location(), 0, 0, ""), fault.sentence()));
  }

  private static String name(Location folder, ListingFault fault) {
    return fault.location().text().substring(folder.asFolder().text().length());
  }

  private static boolean isHidden(String name) {
    return HiddenNames.holds(InputKind.plain(name));
  }

  /** Whether inputs may be missing from a listing because of a fault. */
  public static boolean mayBeMissing(Location folder, ListingFault fault) {
    return fault.hides() != ListingFault.Hides.ITSELF && !isHidden(name(folder, fault));
  }

  /**
   * The result's name relative to the prefix of the results, or the input's name if there can be no
   * result.
   */
  public String result() {
    return fault.isEmpty() ? kind.result(name) : name;
  }

  /** Returns whether the result has the same name as the input. */
  public boolean keepsName() {
    return result().equals(name);
  }
}
