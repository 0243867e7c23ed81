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
import java.util.function.Function;

/**
 * Packs the records of single results into few files. A crash at any time loses no record: the
 * single ones are deleted at the end of the run, since a plan that Spark must compute again needs
 * them until then.
 */
final class Packing {

  /** By default, a page of a listing. */
  static final int MINIMUM = 1000;

  /** With more files than this, they are merged. */
  private static final int MAX_FILES = 40;

  /** Deletes single records in groups. */
  private static final int GROUP = 10_000;

  private final EarlierRuns earlier;
  private final SyncLock lock;
  private final int minimum;
  private final List<PackedRecord> singles = new ArrayList<>();
  private final List<Location> voids = new ArrayList<>();
  private PackedIndex index;

  /**
   * @param lock must be held
   * @param minimum number of single records that is worth it
   */
  Packing(EarlierRuns earlier, SyncLock lock, int minimum) {
    this.earlier = earlier;
    this.lock = lock;
    this.minimum = minimum;
    this.index = earlier.index();
  }

  /**
   * Packs what a plan has found.
   *
   * @param checked when all results were seen to exist, in milliseconds since 1970; 0 if they were
   *     not
   */
  void pack(SyncPlan plan, long checked) throws IOException {
    if (plan.loose() < minimum && earlier.voids().size() < minimum) {
      note(checked);
      return;
    }
    PackedFolder folder = earlier.ledger().packed();
    List<PackedIndex.Segment> segments = kept(folder);
    List<PackedRecord> packed = new ArrayList<>();
    Batch batch = new Batch(folder, segments);
    Iterator<ItemStatus> loose = plan.looseItems();
    while (loose.hasNext()) {
      ItemStatus each = loose.next();
      ItemKey key = each.item().key();
      PackedRecord record = PackedRecord.of(key.result(), key.work(), each.made());
      // A run that was killed may have packed it without deleting it.
      if (!earlier.keys().contains(key.result(), key.work())) {
        batch.add(record);
      }
      packed.add(record);
    }
    batch.write();
    if (lock.isHeld()) {
      index = folder.publish(index, segments, Math.max(checked, index.checked()));
      singles.addAll(packed);
      earlier.voids().forEach(key -> voids.add(voidOf(key)));
    }
  }

  /** Remembers that all results were there, if there are so many that it matters. */
  private void note(long checked) throws IOException {
    if (checked > index.checked() && EarlierRuns.isLarge(index) && lock.isHeld()) {
      index = earlier.ledger().packed().publish(index, index.segments(), checked);
    }
  }

  /**
   * Deletes the single records of what is packed.
   *
   * @param checked when all results were seen to exist, but for those that were dreamed since; 0 if
   *     they were not
   */
  void finish(long checked) throws IOException {
    note(checked);
    if (lock.isHeld()) {
      // A single record outlasts what made its packed one void.
      delete(voids, file -> file);
      delete(singles, this::single);
    }
  }

  private Location single(PackedRecord record) {
    return earlier
        .ledger()
        .location(RecordName.done(new ItemKey(record.resultHash(), record.workHash())));
  }

  private Location voidOf(ItemKey key) {
    return earlier.ledger().location(RecordName.done(key).voiding());
  }

  private static <T> void delete(List<T> all, Function<T, Location> file) throws IOException {
    for (int from = 0; from < all.size(); from += GROUP) {
      List<Location> some =
          all.subList(from, Math.min(all.size(), from + GROUP)).stream().map(file).toList();
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
