package io.reverie.jobs.sync;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.sync.packed.PackedIndex;
import io.reverie.jobs.sync.packed.PackedKeys;
import io.reverie.jobs.sync.packed.PackedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What earlier runs packed.
 *
 * @param index of the packed records
 * @param keys those that count
 * @param voids keys of those that do not
 * @param bucket whether the results are in an object store, where listing them is expensive
 */
record EarlierRuns(
    Ledger ledger, PackedIndex index, PackedKeys keys, Set<ItemKey> voids, boolean bucket) {

  /** With fewer packed records, results are listed in every run. */
  private static final int FEW = 20_000;

  /** With more, an object store is asked once a day whether all results are still there. */
  private static final Duration CHECKED = Duration.ofHours(24);

  EarlierRuns {
    voids = Set.copyOf(voids);
  }

  static EarlierRuns read(Ledger ledger) throws IOException {
    PackedIndex index = ledger.packed().index();
    Set<ItemKey> voids = index.segments().isEmpty() ? Set.of() : voids(ledger);
    Set<PackedRecord> dropped = new HashSet<>();
    voids.forEach(key -> dropped.add(PackedRecord.of(key.result(), key.work(), 0)));
    return new EarlierRuns(
        ledger,
        index,
        PackedKeys.read(
            ledger.packed(),
            index,
            record ->
                dropped.isEmpty()
                    || !dropped.contains(new PackedRecord(record.result(), record.work(), 0))),
        voids,
        Storage.of(ledger.results()).checksVersions());
  }

  private static Set<ItemKey> voids(Ledger ledger) throws IOException {
    Set<ItemKey> voids = new HashSet<>();
    try (Stream<FileEntry> files = Storage.of(ledger.voids()).list(ledger.voids())) {
      files.forEach(file -> ledger.recordName(file).ifPresent(record -> voids.add(record.key())));
    }
    return voids;
  }

  /**
   * Whether this run may believe the records, instead of listing all results.
   *
   * @param now milliseconds since 1970
   */
  boolean areTrusted(long now) {
    return bucket && isLarge(index) && Math.abs(now - index.checked()) < CHECKED.toMillis();
  }

  /** Whether to remember that all results were there. */
  static boolean isLarge(PackedIndex index) {
    return index.records() >= FEW;
  }
}
