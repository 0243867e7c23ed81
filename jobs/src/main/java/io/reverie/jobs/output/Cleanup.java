package io.reverie.jobs.output;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.ListingEntry;
import io.reverie.jobs.storage.ListingFault;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes what runs left below a folder: work folders and hidden partial files of interrupted ones,
 * kept dreams, and multipart uploads that some stores keep forever.
 *
 * @param folder of results
 * @param before keeps anything modified since, which may belong to a running job
 */
public record Cleanup(Location folder, Instant before) {

  private static final Pattern WORK =
      Pattern.compile("(?:.*/)?" + Pattern.quote(WorkFolder.HIDDEN) + "/work/[^/]+");

  /** A kept dream, here or below another work folder of the user's. */
  private static final Pattern DREAM =
      Pattern.compile("(?:.*/)?[^/]+-[0-9a-f]{16}" + Pattern.quote(WorkFolder.DREAM) + "(?=/|$)");

  private static final Pattern PART =
      Pattern.compile("(?:.*/)?\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  /**
   * What was removed, or would be on a dry run.
   *
   * @param removed work folders, kept dreams and partial files
   * @param sizes of each in bytes
   * @param bytes in all of them
   * @param uploads number of aborted uploads
   * @param unread an error message for each folder that could not be listed
   */
  public record Removed(
      List<String> removed, List<Long> sizes, long bytes, int uploads, List<String> unread) {
    public Removed {
      if (removed.size() != sizes.size()) {
        throw new IllegalArgumentException(
            "%d sizes do not fit %d removed files".formatted(sizes.size(), removed.size()));
      }
    }
  }

  /** A work folder or partial file, removed as a whole. */
  private record Leftover(long newest, long bytes) {
    Leftover plus(Leftover other) {
      return new Leftover(Math.max(newest, other.newest), bytes + other.bytes);
    }
  }

  /** Removes the leftovers, or only lists them on a dry run. */
  public Removed run(boolean dryRun) throws IOException {
    Storage storage = Storage.of(folder);
    Map<String, Long> removed = new TreeMap<>();
    List<String> unread = new ArrayList<>();
    for (Map.Entry<Location, Leftover> leftover : leftovers(storage, unread).entrySet()) {
      if (leftover.getValue().newest() < before.toEpochMilli()) {
        removed.put(leftover.getKey().text(), leftover.getValue().bytes());
        if (!dryRun) {
          delete(leftover.getKey(), storage);
        }
      }
    }
    return new Removed(
        List.copyOf(removed.keySet()),
        List.copyOf(removed.values()),
        removed.values().stream().mapToLong(Long::longValue).sum(),
        dryRun ? 0 : storage.abortUploads(folder, before.toEpochMilli()),
        unread);
  }

  /** Deletes a work folder together with its parents, once they are empty. */
  private void delete(Location leftover, Storage storage) throws IOException {
    String name = folder.relative(leftover);
    if (WORK.matcher(name).matches() || DREAM.matcher(name).matches()) {
      new WorkFolder(leftover).delete();
    } else {
      storage.delete(leftover);
    }
  }

  private Map<Location, Leftover> leftovers(Storage storage, List<String> unread)
      throws IOException {
    Map<Location, Leftover> leftovers = new HashMap<>();
    try (Stream<ListingEntry> all = storage.walk(folder)) {
      all.forEach(
          listed -> {
            if (listed instanceof FileEntry entry) {
              put(entry, leftovers);
            } else if (listed instanceof ListingFault fault && fault.folder()) {
              unread.add(fault.sentence());
            }
          });
    }
    return leftovers;
  }

  private void put(FileEntry entry, Map<Location, Leftover> leftovers) {
    String name = folder.relative(entry.location());
    Matcher work = WORK.matcher(name);
    Matcher dream = DREAM.matcher(name);
    Leftover leftover = new Leftover(entry.modified(), entry.length());
    if (work.lookingAt()) {
      leftovers.merge(folder.resolve(work.group()), leftover, Leftover::plus);
    } else if (dream.lookingAt()) {
      leftovers.merge(folder.resolve(dream.group()), leftover, Leftover::plus);
    } else if (PART.matcher(name).matches()) {
      leftovers.put(entry.location(), leftover);
    }
  }
}
