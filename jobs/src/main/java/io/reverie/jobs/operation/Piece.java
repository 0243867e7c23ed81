package io.reverie.jobs.operation;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;

/**
 * A piece of work that a task does. When it ends it is counted and written to the log.
 *
 * @param item name of its input
 * @param number of the piece in its item, such as that of a segment
 * @param device on which it computes, such as cpu or gpu0; asked for once it has ended well
 */
public record Piece(Kind kind, String item, int number, Supplier<String> device) {

  /** What the work makes. */
  public enum Kind {
    SEGMENT("segment", false),
    SEAM("seam", false),
    /** The frames of a zoom between two checkpoints. */
    STRETCH("stretch", false),
    /** A whole video, from its segments and seams. */
    ASSEMBLY("assembly", true),
    ZOOM("zoom", true),
    IMAGE("image", true);

    private final String word;
    private final boolean item;

    Kind(String word, boolean item) {
      this.word = word;
      this.item = item;
    }
  }

  /**
   * How a piece ended.
   *
   * @param frames in what it made
   * @param kept whether an earlier run or attempt had made it
   * @param failure the error message; empty on success
   */
  public record End(long frames, boolean kept, String failure) {

    /** A piece that was made, or failed. */
    public End(long frames, String failure) {
      this(frames, false, failure);
    }

    private String status() {
      if (!failure.isEmpty()) {
        return "failed";
      }
      return kept ? "kept" : "done";
    }

    /** Its first line: a bug has a stack trace, which the report shows. */
    private String reason() {
      return failure.lines().findFirst().orElse("");
    }
  }

  /** Does the work, and reports how it ended unless it throws. */
  public <R> R during(Supplier<R> work, Function<? super R, End> end) {
    long begun = System.nanoTime();
    R result = work.get();
    ended(end.apply(result), (System.nanoTime() - begun) / 1e9);
    return result;
  }

  /** Tells how the piece ended, and after how many seconds. */
  public void ended(End end, double seconds) {
    WorkMeter meter = WorkMeter.ofThisProcess();
    boolean failed = !end.failure().isEmpty();
    meter.add(failed ? WorkCounter.FAILED_PIECES : WorkCounter.PIECES, 1);
    if (kind.item) {
      meter.add(failed ? WorkCounter.FAILED_ITEMS : WorkCounter.ITEMS, 1);
    }
    LogLine line = new LogLine(kind.word).with("item", item);
    if (!kind.item) {
      line.with(kind.word, number);
    }
    line.with("frames", end.frames()).withSeconds(seconds);
    if (!failed) {
      line.with("device", device.get());
    }
    TaskContext task = TaskContext.get();
    if (task != null) {
      line.with("attempt", task.attemptNumber());
    }
    line.with("status", end.status()).with("reason", end.reason()).info();
  }
}
