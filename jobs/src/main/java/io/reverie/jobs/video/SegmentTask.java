package io.reverie.jobs.video;

import io.reverie.jobs.plan.Segment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A segment to dream.
 *
 * @param item position of its video in the job
 */
record SegmentTask(int item, Segment segment) implements Serializable {
  SegmentTask {
    if (item < 0) {
      throw new IllegalArgumentException("there is no video %d".formatted(item));
    }
  }

  /** Returns one task for each segment, the longest first, so that no long one starts last. */
  static List<SegmentTask> of(List<VideoItem> items) {
    return of(items, false);
  }

  /**
   * Returns one task for each segment.
   *
   * @param inOrder whether in order of time, for whoever watches the beginning; otherwise the
   *     longest first, so that no long one starts last
   */
  static List<SegmentTask> of(List<VideoItem> items, boolean inOrder) {
    List<SegmentTask> tasks = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      for (Segment segment : items.get(i).plan().segments()) {
        tasks.add(new SegmentTask(i, segment));
      }
    }
    if (!inOrder) {
      tasks.sort(Comparator.comparingInt((SegmentTask task) -> task.segment().frames()).reversed());
    }
    return tasks;
  }
}
