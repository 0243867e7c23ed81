package io.reverie.jobs.video.record;

import io.reverie.jobs.output.Pieces.Piece;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.PacketTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What is recorded of a finished segment or seam. It holds something for every frame, so it stays
 * in the work folder, where those read it who need it; the driver receives a {@link SegmentEnd}.
 *
 * @param seam whether this is the seam after the segment of this number, rather than the segment
 *     itself
 * @param number of the segment
 * @param files with frames for the result, by name in the work folder, in order of time
 * @param packets times of the packets in each of these files, as far as they have packets
 * @param sides files with frames for the seams, likewise
 * @param measures of every frame that was dreamed or faded
 * @param times by stage
 */
public record SegmentResult(
    boolean seam,
    int number,
    List<String> files,
    List<PacketTimes> packets,
    List<String> sides,
    FrameCounts counts,
    List<FrameMeasures> measures,
    Times times) {

  /** The names of files in a work folder. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  public SegmentResult {
    files = List.copyOf(files);
    packets = List.copyOf(packets);
    sides = List.copyOf(sides);
    if (packets.size() != files.size()) {
      throw new IllegalArgumentException(
          "%d files with the packets of %d".formatted(files.size(), packets.size()));
    }
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
        false, number, List.of(), List.of(), List.of(), FrameCounts.NONE, List.of(), Times.NONE);
  }

  /** Returns this result followed by more. */
  public SegmentResult plus(
      List<String> moreFiles,
      List<PacketTimes> morePackets,
      List<String> moreSides,
      FrameCounts more,
      List<FrameMeasures> moreMeasures,
      Times moreTimes) {
    return new SegmentResult(
        seam,
        number,
        joined(files, moreFiles),
        joined(packets, morePackets),
        joined(sides, moreSides),
        counts.plus(more),
        joined(measures, moreMeasures),
        times.plus(moreTimes));
  }

  /** The files with frames for the result, with their packets. */
  public List<Piece> pieces() {
    return IntStream.range(0, files.size())
        .mapToObj(i -> new Piece(files.get(i), packets.get(i)))
        .toList();
  }

  private static <T> List<T> joined(List<T> a, List<T> b) {
    List<T> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
