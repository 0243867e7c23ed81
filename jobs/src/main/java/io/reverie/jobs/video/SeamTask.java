package io.reverie.jobs.video;

import io.reverie.jobs.plan.Seam;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A seam to fade.
 *
 * @param item position of its video in the job
 * @param early files with the shared frames of the earlier segment, in order of time
 * @param late the same of the later segment
 */
record SeamTask(int item, Seam seam, List<String> early, List<String> late)
    implements Serializable {
  SeamTask {
    early = List.copyOf(early);
    late = List.copyOf(late);
    if (item < 0) {
      throw new IllegalArgumentException("there is no video %d".formatted(item));
    }
  }

  /** Identifies a segment among all videos. */
  private record Key(int item, int segment) {}

  /** Returns one task for each seam, except those of videos that have already failed. */
  static List<SeamTask> of(List<VideoItem> items, List<SegmentResult> dreamed) {
    Set<Integer> failed =
        dreamed.stream()
            .filter(result -> !result.failure().isEmpty())
            .map(SegmentResult::item)
            .collect(Collectors.toSet());
    Map<Key, List<String>> sides = new HashMap<>();
    dreamed.forEach(result -> sides.put(new Key(result.item(), result.number()), result.sides()));
    List<SeamTask> tasks = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      for (Seam seam : failed.contains(i) ? List.<Seam>of() : items.get(i).plan().seams()) {
        List<String> early = Objects.requireNonNull(sides.get(new Key(i, seam.before())));
        List<String> late = Objects.requireNonNull(sides.get(new Key(i, seam.before() + 1)));
        tasks.add(new SeamTask(i, seam, of(seam, early), of(seam, late)));
      }
    }
    return tasks;
  }

  /** The files among these that belong to a seam. */
  static List<String> of(Seam seam, List<String> sides) {
    return sides.stream()
        .filter(name -> name.startsWith(VideoWork.sidesOf(seam)))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
