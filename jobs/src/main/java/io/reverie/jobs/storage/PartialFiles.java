package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hidden files that are written beside their targets, and stay where a process was killed. */
final class PartialFiles {

  private static final Pattern NAME =
      Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  private PartialFiles() {}

  /** A new name. The target's is not in it, for that may be as long as names can be. */
  static String name() {
    return "." + UUID.randomUUID() + ".part";
  }

  /** What a user knows of a file: of a part, the folder that it was to be written to. */
  static String told(String file) {
    Location location = new Location(file);
    return NAME.matcher(location.name()).matches() ? location.parent().text() : file;
  }

  /** Deletes those that were not written to since a time, and says how many. */
  static int delete(Storage storage, Location folder, long before) throws IOException {
    try (Stream<Entry> entries = storage.list(folder)) {
      List<Location> old =
          entries
              .filter(entry -> entry.modified() < before)
              .map(Entry::location)
              .filter(file -> NAME.matcher(file.name()).matches())
              .toList();
      for (Location part : old) {
        storage.delete(part);
      }
      return old.size();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
