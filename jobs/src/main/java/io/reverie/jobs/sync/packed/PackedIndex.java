package io.reverie.jobs.sync.packed;

import java.util.List;

/**
 * The files that hold the records of a prefix. Files that it does not name do not count.
 *
 * @param number that the next index exceeds; 0 if there is none yet
 * @param checked when all results were last seen to exist, in milliseconds since 1970
 */
public record PackedIndex(int version, long number, long checked, List<Segment> segments) {

  static final int VERSION = 1;

  /** Before the first record was packed. */
  static final PackedIndex NONE = new PackedIndex(VERSION, 0, 0, List.of());

  public PackedIndex {
    segments = List.copyOf(segments);
  }

  /**
   * A file of records.
   *
   * @param name in the folder of packed records
   * @param records number of them
   */
  public record Segment(String name, int records) {}

  /** Number of all records. */
  public long records() {
    return segments.stream().mapToLong(Segment::records).sum();
  }
}
