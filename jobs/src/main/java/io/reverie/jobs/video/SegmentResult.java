package io.reverie.jobs.video;

import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.StageTimer.Times;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What came of a segment or a seam; a failure is a value, since a task that throws four times takes
 * the whole job along.
 *
 * @param item the video's position in its job
 * @param seam whether it is the seam after the segment of this number, not the segment itself
 * @param number of the segment
 * @param files of frames for the result, by their names in the work folder, in the order of times
 * @param sides of frames for the seams, likewise
 * @param tally what was counted
 * @param notes of every frame that was dreamed or mixed
 * @param times where the time went
 * @param failure a sentence; empty if all went well
 */
record SegmentResult(
    int item,
    boolean seam,
    int number,
    List<String> files,
    List<String> sides,
    FrameCounts tally,
    List<FrameMeasures> notes,
    Times times,
    String failure)
    implements Serializable {

  /** As {@link VideoWork} gives them. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  SegmentResult {
    files = List.copyOf(files);
    sides = List.copyOf(sides);
    requireNames(files);
    requireNames(sides);
    notes = List.copyOf(notes);
  }

  /** A record of it may have been written by anybody, and its files are read. */
  private static void requireNames(List<String> names) {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("no name of a file in a work folder: " + name);
      }
    }
  }

  static SegmentResult failed(int item, boolean seam, int number, String failure) {
    return new SegmentResult(
        item, seam, number, List.of(), List.of(), FrameCounts.NONE, List.of(), Times.NONE, failure);
  }

  /** The same in another job, which has kept it in the same work folder. */
  SegmentResult of(int otherItem) {
    return new SegmentResult(otherItem, seam, number, files, sides, tally, notes, times, failure);
  }
}
