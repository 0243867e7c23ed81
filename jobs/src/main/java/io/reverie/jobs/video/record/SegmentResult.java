package io.reverie.jobs.video.record;

import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.StageTimer.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is recorded of a finished segment or seam. It holds something for every frame, so it stays
 * in the work folder, where those read it who need it; the driver receives a {@link SegmentEnd}.
 *
 * @param seam whether this is the seam after the segment of this number, rather than the segment
 *     itself
 * @param number of the segment
 * @param files with frames for the result, by name in the work folder, in order of time
 * @param sides files with frames for the seams, likewise
 * @param measures of every frame that was dreamed or faded
 * @param times by stage
 */
public record SegmentResult(
    boolean seam,
    int number,
    List<String> files,
    List<String> sides,
    FrameCounts counts,
    List<FrameMeasures> measures,
    Times times) {

  /** The names of files in a work folder. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  public SegmentResult {
    files = List.copyOf(files);
    sides = List.copyOf(sides);
    requireNames(files);
    requireNames(sides);
    measures = List.copyOf(measures);
  }

  /** Refuses paths: others may have written this record, and its files are read. */
  private static void requireNames(List<String> names) {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not a file name of a work folder: " + name);
      }
    }
  }

  /** A segment of which nothing is finished. */
  public static SegmentResult begun(int number) {
    return new SegmentResult(
        false, number, List.of(), List.of(), FrameCounts.NONE, List.of(), Times.NONE);
  }

  /** Returns this result followed by more. */
  public SegmentResult plus(
      List<String> moreFiles,
      List<String> moreSides,
      FrameCounts more,
      List<FrameMeasures> moreMeasures,
      Times moreTimes) {
    return new SegmentResult(
        seam,
        number,
        joined(files, moreFiles),
        joined(sides, moreSides),
        counts.plus(more),
        joined(measures, moreMeasures),
        times.plus(moreTimes));
  }

  private static <T> List<T> joined(List<T> a, List<T> b) {
    List<T> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
