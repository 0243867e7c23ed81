package io.reverie.jobs.listing;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.ListingEntry;
import io.reverie.jobs.storage.ListingFault;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StorageException;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds files that match a pattern such as {@code frames/%05d.png}. */
public final class NumberedFiles {

  private NumberedFiles() {}

  /**
   * Lists the files in numerical order, starting at any number.
   *
   * @param location whose name is a {@link FramePattern}
   * @throws UserException if the folder does not exist
   */
  public static List<FileEntry> of(Location location) throws IOException {
    Location folder = location.parent();
    if (!Storage.of(folder).isFolder(folder)) {
      throw UserException.environment(
          "%s: the folder %s does not exist; check the path".formatted(location, folder));
    }
    List<FileEntry> files = new ArrayList<>();
    try (Stream<ListingEntry> all = Storage.of(folder).walk(folder)) {
      for (ListingEntry listed : (Iterable<ListingEntry>) all::iterator) {
        String name = listed.location().text().substring(folder.asFolder().text().length());
        if (pattern(location).number(name).isPresent()) {
          files.add(file(listed));
        }
      }
    }
    files.sort(Comparator.comparingLong(entry -> number(location, entry)));
    return files;
  }

  /** Refuses an unreadable frame, since skipping it would change the video. */
  private static FileEntry file(ListingEntry listed) throws StorageException {
    if (listed instanceof ListingFault fault) {
      throw new StorageException(fault.sentence());
    }
    return (FileEntry) listed;
  }

  public static long number(Location location, FileEntry file) {
    return pattern(location).number(file.location().name()).getAsLong();
  }

  private static FramePattern pattern(Location location) {
    return new FramePattern(location.name());
  }
}
