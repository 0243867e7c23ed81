package io.reverie.jobs.output;

import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Listed;
import io.reverie.jobs.storage.ListingFault;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds and removes what runs that never ended have left below a folder: work folders, hidden parts
 * of files, and uploads that some stores keep for ever.
 *
 * @param folder that results were written to
 * @param before what has changed since may belong to a run that still goes on
 */
public record Cleanup(Location folder, Instant before) {

  private static final Pattern WORK =
      Pattern.compile("(?:.*/)?" + Pattern.quote(WorkFolder.HIDDEN) + "/work/[^/]+");

  private static final Pattern PART =
      Pattern.compile("(?:.*/)?\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  /**
   * What was, or would be, removed.
   *
   * @param removed work folders and parts of files
   * @param bytes in them
   * @param uploads that were ended
   * @param unread a sentence for each folder that could not be looked into
   */
  public record Removed(List<String> removed, long bytes, int uploads, List<String> unread) {}

  /** Something that is removed as a whole. */
  private record Heap(long newest, long bytes) {
    Heap plus(Heap other) {
      return new Heap(Math.max(newest, other.newest), bytes + other.bytes);
    }
  }

  /** Removes it; on a dry run only says what. */
  public Removed run(boolean dryRun) throws IOException {
    Storage storage = Storage.of(folder);
    List<String> removed = new ArrayList<>();
    long bytes = 0;
    List<String> unread = new ArrayList<>();
    for (Map.Entry<Location, Heap> heap : heaps(storage, unread).entrySet()) {
      if (heap.getValue().newest() < before.toEpochMilli()) {
        removed.add(heap.getKey().text());
        bytes += heap.getValue().bytes();
        if (!dryRun) {
          delete(heap.getKey(), storage);
        }
      }
    }
    removed.sort(null);
    return new Removed(
        removed, bytes, dryRun ? 0 : storage.abortUploads(folder, before.toEpochMilli()), unread);
  }

  /** With a work folder go the folders around it, once they are empty. */
  private void delete(Location heap, Storage storage) throws IOException {
    if (WORK.matcher(folder.relative(heap)).matches()) {
      new WorkFolder(heap).delete();
    } else {
      storage.delete(heap);
    }
  }

  private Map<Location, Heap> heaps(Storage storage, List<String> unread) throws IOException {
    Map<Location, Heap> heaps = new HashMap<>();
    try (Stream<Listed> all = storage.walk(folder)) {
      all.forEach(
          listed -> {
            if (listed instanceof Entry entry) {
              put(entry, heaps);
            } else if (listed instanceof ListingFault bad && bad.folder()) {
              unread.add(bad.sentence());
            }
          });
    }
    return heaps;
  }

  private void put(Entry entry, Map<Location, Heap> heaps) {
    String name = folder.relative(entry.location());
    Matcher work = WORK.matcher(name);
    Heap heap = new Heap(entry.modified(), entry.length());
    if (work.lookingAt()) {
      heaps.merge(folder.resolve(work.group()), heap, Heap::plus);
    } else if (PART.matcher(name).matches()) {
      heaps.put(entry.location(), heap);
    }
  }
}
