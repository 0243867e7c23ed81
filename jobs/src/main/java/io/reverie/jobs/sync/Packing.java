package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.sync.lock.SyncLock;
import io.reverie.jobs.sync.packed.PackedFolder;
import io.reverie.jobs.sync.packed.PackedIndex;
import io.reverie.jobs.sync.packed.PackedRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Packs the records of single results into few files. A crash at any time loses no record: the
 * single ones are deleted last.
 *
 * @param lock must be held
 * @param minimum number of single records that is worth it
 */
record Packing(EarlierRuns earlier, SyncLock lock, int minimum) {

  /** By default, a page of a listing. */
  static final int MINIMUM = 1000;

  /** With more files than this, they are merged. */
  private static final int MAX_FILES = 40;

  /** Deletes single records in groups. */
  private static final int GROUP = 10_000;

  /**
   * Packs what a plan has found.
   *
   * @param checked when the plan saw all results, in milliseconds since 1970; 0 if it did not
   */
  void run(SyncPlan plan, long checked) throws IOException {
    boolean due = plan.loose() >= minimum || earlier.voids().size() >= minimum;
    if (!due && !(checked > 0 && earlier.isLarge())) {
      return;
    }
    PackedFolder folder = earlier.ledger().packed();
    List<PackedIndex.Segment> segments =
        due ? kept(folder) : new ArrayList<>(earlier.index().segments());
    List<Location> packed = new ArrayList<>();
    if (due) {
      Batch batch = new Batch(folder, segments);
      Iterator<ItemStatus> loose = plan.looseItems();
      while (loose.hasNext()) {
        ItemStatus each = loose.next();
        ItemKey key = each.item().key();
        batch.add(PackedRecord.of(key.result(), key.work(), each.made()));
        packed.add(earlier.ledger().location(RecordName.done(key)));
      }
      batch.write();
    }
    if (!lock.isHeld()) {
      return;
    }
    folder.publish(earlier.index(), segments, checked > 0 ? checked : earlier.index().checked());
    if (due) {
      // A single record outlasts what made its packed one void.
      delete(earlier.voids().stream().map(this::voidOf).toList());
      delete(packed);
    }
  }

  private Location voidOf(ItemKey key) {
    return earlier.ledger().location(RecordName.done(key).voiding());
  }

  private static void delete(List<Location> files) throws IOException {
    for (int from = 0; from < files.size(); from += GROUP) {
      List<Location> some = files.subList(from, Math.min(files.size(), from + GROUP));
      Storage.of(some.get(0)).deleteFiles(some);
    }
  }

  /** The files that stay; if some of their records are void, or there are many, copies. */
  private List<PackedIndex.Segment> kept(PackedFolder folder) throws IOException {
    List<PackedIndex.Segment> old = earlier.index().segments();
    if (earlier.voids().isEmpty() && old.size() <= MAX_FILES) {
      return new ArrayList<>(old);
    }
    List<PackedIndex.Segment> segments = new ArrayList<>();
    Batch batch = new Batch(folder, segments);
    for (PackedIndex.Segment segment : old) {
      List<PackedRecord> records = new ArrayList<>();
      folder.read(segment, records::add);
      for (PackedRecord record : records) {
        if (!earlier.voids().contains(new ItemKey(record.resultHash(), record.workHash()))) {
          batch.add(record);
        }
      }
    }
    batch.write();
    return segments;
  }

  /** Collects records until they fill a file. */
  private static final class Batch {

    private final PackedFolder folder;
    private final List<PackedIndex.Segment> segments;
    private final List<PackedRecord> records = new ArrayList<>();

    Batch(PackedFolder folder, List<PackedIndex.Segment> segments) {
      this.folder = folder;
      this.segments = segments;
    }

    void add(PackedRecord record) throws IOException {
      records.add(record);
      if (records.size() == PackedFolder.MAX_RECORDS) {
        write();
      }
    }

    void write() throws IOException {
      if (!records.isEmpty()) {
        segments.add(folder.write(records));
        records.clear();
      }
    }
  }
}
