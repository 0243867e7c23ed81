package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a video is divided: every frame is in the body of one segment or in one seam.
 *
 * @param shots in order of time
 * @param segments in order of time
 * @param seams in order of time
 */
public record SegmentPlan(List<Shot> shots, List<Segment> segments, List<Seam> seams)
    implements Serializable {

  public SegmentPlan {
    shots = List.copyOf(shots);
    segments = List.copyOf(segments);
    seams = List.copyOf(seams);
  }

  /**
   * Divides each shot into segments of nearly equal length.
   *
   * @param range part of the video to dream
   * @param cuts time of each shot's first frame, except the first shot's; those outside the range
   *     are ignored
   * @param longest maximum frames in a segment, at least {@code 3 * overlap + 2}
   * @param overlap number of frames that neighbours in a shot share, 0 or more
   * @param chunk maximum frames in a chunk
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
    List<Shot> shots = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    List<Seam> seams = new ArrayList<>();
    for (int i = 0; i + 1 < borders.length; i++) {
      int from = borders[i];
      int to = borders[i + 1];
      Shot shot = new Shot(i, index.range(from, to), to - from);
      ShotDivision division = new ShotDivision(index, shot, from, to, longest, overlap, chunk);
      List<Seam> own = division.seams(segments.size());
      shots.add(shot);
      segments.addAll(division.segments(segments.size(), own));
      seams.addAll(own);
    }
    return new SegmentPlan(shots, segments, seams);
  }

  /** The seam after a segment that has one. */
  public Seam seamAfter(int segment) {
    return segments.get(segment).seams().stream()
        .filter(seam -> seam.before() == segment)
        .findFirst()
        .orElseThrow();
  }

  /** One shot, divided into segments that share frames. */
  private record ShotDivision(
      VideoIndex index, Shot shot, int from, int to, int longest, int overlap, int chunk) {

    int count() {
      int frames = to - from;
      int own = longest - overlap;
      return frames <= longest ? 1 : (frames - overlap + own - 1) / own;
    }

    /**
     * First frame of segment i, which ends {@code overlap} frames after the start of the next one.
     */
    int start(int i) {
      return from + (int) ((long) (to - from - overlap) * i / count());
    }

    List<Seam> seams(int firstSegment) {
      List<Seam> seams = new ArrayList<>();
      for (int i = 1; i < count() && overlap > 0; i++) {
        int start = start(i);
        seams.add(
            new Seam(
                firstSegment + i - 1,
                index.range(start, start + overlap),
                index.range(start - 1, start + overlap + 1),
                overlap));
      }
      return seams;
    }

    List<Segment> segments(int firstSegment, List<Seam> seams) {
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < count(); i++) {
        int number = firstSegment + i;
        int start = start(i);
        int end = i + 1 < count() ? start(i + 1) + overlap : to;
        int bodyFrom = i == 0 ? start : start + overlap;
        int bodyTo = i + 1 < count() ? start(i + 1) : to;
        segments.add(
            new Segment(
                number,
                shot,
                index.range(start, end),
                end - start,
                index.range(bodyFrom, bodyTo),
                seams.isEmpty()
                    ? List.of()
                    : seams.subList(Math.max(0, i - 1), Math.min(seams.size(), i + 1)),
                chunks(start, end)));
      }
      return segments;
    }

    /** Divides a segment into chunks of nearly equal length. */
    List<Chunk> chunks(int start, int end) {
      int frames = end - start;
      int count = (frames + chunk - 1) / chunk;
      List<Chunk> chunks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int first = start + (int) ((long) frames * i / count);
        int next = start + (int) ((long) frames * (i + 1) / count);
        chunks.add(new Chunk(i, index.range(first, next), next - first));
      }
      return chunks;
    }
  }
}
