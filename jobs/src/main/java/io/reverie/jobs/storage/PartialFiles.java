package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hidden files that are written beside their targets; a killed process leaves them there. */
final class PartialFiles {

  private static final Pattern NAME =
      Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  private PartialFiles() {}

  /**
   * Returns a new name. It does not include the target's, which may be as long as the file system
   * allows.
   */
  static String name() {
    return "." + UUID.randomUUID() + ".part";
  }

  /** Replaces a partial file, which the user does not know, by the folder of its target. */
  static String displayName(String file) {
    Location location = new Location(file);
    return NAME.matcher(location.name()).matches() ? location.parent().text() : file;
  }

  /** Deletes partial files not modified since a time in milliseconds, and returns their number. */
  static int delete(Storage storage, Location folder, long before) throws IOException {
    try (Stream<FileEntry> entries = storage.list(folder)) {
      List<Location> old =
          entries
              .filter(entry -> entry.modified() < before)
              .map(FileEntry::location)
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
