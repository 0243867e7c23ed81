package io.reverie.jobs.progress;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;

/**
 * What tasks report: finished frames, and the seconds that those took which were dreamed.
 *
 * @param done all finished frames; a part of a frame counts as such
 * @param lone frames that were dreamed without a previous one
 * @param carried frames that continued the one before
 */
public record FrameCounter(
    DoubleAccumulator done,
    DoubleAccumulator lone,
    DoubleAccumulator loneSeconds,
    DoubleAccumulator carried,
    DoubleAccumulator carriedSeconds)
    implements Serializable {

  static FrameCounter of(SparkContext spark, String unit) {
    return new FrameCounter(
        spark.doubleAccumulator(unit),
        spark.doubleAccumulator("lone"),
        spark.doubleAccumulator("lone seconds"),
        spark.doubleAccumulator("carried"),
        spark.doubleAccumulator("carried seconds"));
  }

  /** Counts without a display, for trials. */
  public static FrameCounter unseen() {
    return new FrameCounter(
        new DoubleAccumulator(),
        new DoubleAccumulator(),
        new DoubleAccumulator(),
        new DoubleAccumulator(),
        new DoubleAccumulator());
  }

  /** Counts frames that took no time worth mentioning, or none of this run. */
  public void add(double frames) {
    done.add(frames);
  }

  public void addLone(double frames, double seconds) {
    done.add(frames);
    lone.add(frames);
    loneSeconds.add(seconds);
  }

  public void addCarried(double frames, double seconds) {
    done.add(frames);
    carried.add(frames);
    carriedSeconds.add(seconds);
  }

  List<DoubleAccumulator> all() {
    return List.of(done, lone, loneSeconds, carried, carriedSeconds);
  }
}
