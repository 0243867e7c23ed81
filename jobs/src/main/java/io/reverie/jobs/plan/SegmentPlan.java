package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be dreamed of a video, in pieces: every frame lies in the body of one segment, or in
 * one seam.
 *
 * @param shots in the order of times
 * @param segments in the order of times
 * @param seams in the order of times
 */
public record SegmentPlan(List<Shot> shots, List<Segment> segments, List<Seam> seams)
    implements Serializable {

  public SegmentPlan {
    shots = List.copyOf(shots);
    segments = List.copyOf(segments);
    seams = List.copyOf(seams);
  }

  /**
   * Plans segments of nearly equal length within each shot.
   *
   * @param range the part of the video to dream
   * @param cuts the time of the first frame of each shot but the first; those outside the range do
   *     not matter
   * @param longest frames of a segment, at least {@code 3 * overlap + 2}
   * @param overlap frames that neighbours of one shot share, 0 or more
   * @param chunk the most frames that are encoded at one go
   */
  public static SegmentPlan of(
      VideoIndex index, PtsRange range, List<Long> cuts, int longest, int overlap, int chunk) {
    if (longest < (overlap > 0 ? 3 * overlap + 2 : 1)) {
      throw new IllegalArgumentException(
          "segments of %d frames cannot share %d".formatted(longest, overlap));
    }
    int first = index.first(range.from());
    int end = index.first(range.to());
    int[] borders =
        IntStream.concat(
                IntStream.of(first, end),
                cuts.stream().mapToInt(index::first).filter(p -> p > first && p < end))
            .sorted()
            .distinct()
            .toArray();
    SegmentPlan plan = new SegmentPlan(List.of(), List.of(), List.of());
    for (int i = 0; i + 1 < borders.length; i++) {
      int from = borders[i];
      int to = borders[i + 1];
      Shot shot = new Shot(i, index.range(from, to), to - from);
      plan = plan.with(new Cutting(index, shot, from, to, longest, overlap, chunk));
    }
    return plan;
  }

  private SegmentPlan with(Cutting cutting) {
    List<Shot> allShots = new ArrayList<>(shots);
    allShots.add(cutting.shot());
    List<Seam> own = cutting.seams(segments.size());
    List<Seam> allSeams = new ArrayList<>(seams);
    allSeams.addAll(own);
    List<Segment> allSegments = new ArrayList<>(segments);
    allSegments.addAll(cutting.segments(segments.size(), own));
    return new SegmentPlan(allShots, allSegments, allSeams);
  }

  /** A shot cut into pieces that share frames. */
  private record Cutting(
      VideoIndex index, Shot shot, int from, int to, int longest, int overlap, int chunk) {

    int pieces() {
      int frames = to - from;
      int own = longest - overlap;
      return frames <= longest ? 1 : (frames - overlap + own - 1) / own;
    }

    /** Where piece i begins; it ends an overlap after where the next begins. */
    int begin(int i) {
      return from + (int) ((long) (to - from - overlap) * i / pieces());
    }

    List<Seam> seams(int firstSegment) {
      List<Seam> seams = new ArrayList<>();
      for (int i = 1; i < pieces() && overlap > 0; i++) {
        int begin = begin(i);
        seams.add(
            new Seam(
                firstSegment + i - 1,
                index.range(begin, begin + overlap),
                index.range(begin - 1, begin + overlap + 1),
                overlap));
      }
      return seams;
    }

    List<Segment> segments(int firstSegment, List<Seam> seams) {
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < pieces(); i++) {
        int number = firstSegment + i;
        int begin = begin(i);
        int end = i + 1 < pieces() ? begin(i + 1) + overlap : to;
        int bodyFrom = i == 0 ? begin : begin + overlap;
        int bodyTo = i + 1 < pieces() ? begin(i + 1) : to;
        segments.add(
            new Segment(
                number,
                shot,
                index.range(begin, end),
                end - begin,
                index.range(bodyFrom, bodyTo),
                seams.stream()
                    .filter(s -> s.before() == number || s.before() == number - 1)
                    .toList(),
                chunks(begin, end)));
      }
      return segments;
    }

    /** Of nearly equal length, too. */
    List<Chunk> chunks(int begin, int end) {
      int frames = end - begin;
      int count = (frames + chunk - 1) / chunk;
      List<Chunk> chunks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int first = begin + (int) ((long) frames * i / count);
        int next = begin + (int) ((long) frames * (i + 1) / count);
        chunks.add(new Chunk(i, index.range(first, next), next - first));
      }
      return chunks;
    }
  }
}
