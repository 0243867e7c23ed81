package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import java.util.ArrayList;
import java.util.List;

/** Cuts what is to be dreamed of a video into segments that cover every frame once. */
public final class SegmentPlan {

  private SegmentPlan() {}

  /**
   * Plans segments of nearly equal length.
   *
   * @param range the part of the video to dream
   * @param longest frames of a segment, at least 1
   */
  public static List<Segment> of(VideoIndex index, PtsRange range, int longest) {
    int first = index.first(range.from());
    int frames = index.count(range);
    int pieces = (frames + longest - 1) / longest;
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      int from = first + (int) ((long) frames * i / pieces);
      int to = first + (int) ((long) frames * (i + 1) / pieces);
      segments.add(new Segment(i, index.range(from, to), to - from));
    }
    return segments;
  }
}
