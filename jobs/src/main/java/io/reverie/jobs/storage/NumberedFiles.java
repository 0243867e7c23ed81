package io.reverie.jobs.storage;

import io.reverie.jobs.error.UserException;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that a pattern such as {@code frames/%05d.png} names. */
public final class NumberedFiles {

  private NumberedFiles() {}

  /**
   * In the order of their numbers, whatever the first is.
   *
   * @param location whose name is a {@link FramePattern}
   * @throws UserException if there is no such folder
   */
  public static List<Entry> of(Location location) throws IOException {
    Location folder = location.parent();
    if (!Storage.of(folder).isFolder(folder)) {
      throw UserException.environment("%s: there is no folder %s".formatted(location, folder));
    }
    List<Entry> files = new ArrayList<>();
    try (Stream<Listed> all = Storage.of(folder).walk(folder)) {
      for (Listed listed : (Iterable<Listed>) all::iterator) {
        String name = listed.location().text().substring(folder.asFolder().text().length());
        if (pattern(location).number(name).isPresent()) {
          files.add(file(listed));
        }
      }
    }
    files.sort(Comparator.comparingLong(entry -> number(location, entry)));
    return files;
  }

  /** Without one of its frames a video would be another. */
  private static Entry file(Listed listed) throws StorageException {
    if (listed instanceof ListingFault bad) {
      throw new StorageException(bad.sentence());
    }
    return (Entry) listed;
  }

  /** The number of one of them. */
  public static long number(Location location, Entry file) {
    return pattern(location).number(file.location().name()).getAsLong();
  }

  private static FramePattern pattern(Location location) {
    return new FramePattern(location.name());
  }
}
