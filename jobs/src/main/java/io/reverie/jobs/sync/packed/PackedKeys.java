package io.reverie.jobs.sync.packed;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The keys of all packed records in memory: 24 bytes each, found by binary search. */
public final class PackedKeys implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Without any record. */
  public static final PackedKeys NONE = new PackedKeys(List.of());

  private final long[] results;
  private final long[] works;
  private final long[] made;

  private PackedKeys(List<PackedRecord> keys) {
    int count = keys.size();
    results = new long[count];
    works = new long[count];
    made = new long[count];
    for (int i = 0; i < count; i++) {
      PackedRecord key = keys.get(i);
      results[i] = key.result();
      works[i] = key.work();
      made[i] = key.made();
    }
  }

  /**
   * Reads the keys of all files of an index, several at a time.
   *
   * @param counts whether a record still counts
   */
  public static PackedKeys read(
      PackedFolder folder, PackedIndex index, Predicate<PackedRecord> counts) throws IOException {
    List<PackedRecord> keys = Collections.synchronizedList(new ArrayList<>());
    try {
      index.segments().parallelStream()
          .forEach(
              segment -> {
                List<PackedRecord> some = new ArrayList<>();
                try {
                  folder.read(
                      segment,
                      record -> {
                        if (counts.test(record)) {
                          some.add(record);
                        }
                      });
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                keys.addAll(some);
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    keys.sort(Comparator.comparingLong(PackedRecord::result));
    return new PackedKeys(keys);
  }

  public int size() {
    return results.length;
  }

  /** Whether a result was made from this work. */
  public boolean contains(String result, String work) {
    long wanted = PackedRecord.number(work);
    long number = PackedRecord.number(result);
    for (int i = first(number); i < results.length && results[i] == number; i++) {
      if (works[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /** The records of a result. */
  public List<PackedRecord> of(String result) {
    List<PackedRecord> found = new ArrayList<>();
    long number = PackedRecord.number(result);
    for (int i = first(number); i < results.length && results[i] == number; i++) {
      found.add(new PackedRecord(number, works[i], made[i]));
    }
    return found;
  }

  /** The first index at which a result is, or would be. */
  private int first(long result) {
    int low = 0;
    int high = results.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (results[middle] < result) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
