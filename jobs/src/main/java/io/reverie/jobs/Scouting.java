package io.reverie.jobs;

import io.reverie.jobs.progress.TaskProgress;
import io.reverie.video.MediaException;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.shot.ShotScout;
import io.reverie.video.shot.Shots;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/** Looks for shots in tasks of a fixed number of frames; their borders change nothing. */
record Scouting(JavaSparkContext spark, boolean quiet) implements ShotFinder {

  private static final int FRAMES = 500;

  @Override
  public Shots find(InputVideo input, VideoIndex index, PtsRange range) {
    Broadcast<VideoIndex> shared = spark.broadcast(index);
    List<PtsRange> parts = parts(index, range);
    List<Shots> found;
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Looking for cuts", index.count(range), "frames", quiet)) {
      LongAccumulator counter = progress.counter();
      found =
          spark
              .parallelize(parts, parts.size())
              .map(
                  part -> {
                    Shots shots = scout(input, shared.value(), part);
                    counter.add(shared.value().count(part));
                    return shots;
                  })
              .collect();
    }
    return new Shots(
        found.stream().flatMap(s -> s.cuts().stream()).toList(),
        found.stream().flatMap(s -> s.flashes().stream()).toList());
  }

  /** What cannot be read is said when it is dreamed. */
  private static Shots scout(InputVideo input, VideoIndex index, PtsRange part) {
    try {
      return new ShotScout(input.source(), index).scout(part);
    } catch (MediaException e) {
      return new Shots(List.of(), List.of());
    }
  }

  private static List<PtsRange> parts(VideoIndex index, PtsRange range) {
    int first = index.first(range.from());
    int end = index.first(range.to());
    List<PtsRange> parts = new ArrayList<>();
    for (int from = first; from < end; from += FRAMES) {
      parts.add(index.range(from, Math.min(end, from + FRAMES)));
    }
    return parts;
  }
}
