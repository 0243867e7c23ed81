package io.reverie.jobs.operation;

import io.reverie.temporal.measure.StageTimer.Stage;

/** What tasks count while they work. Values only grow. */
public enum WorkCounter {
  /** Frames of videos and zooms that were dreamed; those of an earlier run do not count. */
  FRAMES("frames"),
  /** Stills that were dreamed or drawn. */
  IMAGES("images"),
  /** Steps of gradient ascent. */
  STEPS("steps"),
  DECODE_SECONDS("seconds.decode"),
  /** Includes masks. */
  FLOW_SECONDS("seconds.flow"),
  ASCENT_SECONDS("seconds.ascent"),
  MEASURE_SECONDS("seconds.measure"),
  ENCODE_SECONDS("seconds.encode"),
  /** Uploads of chunks, seams and results, and the assembly of results. */
  PUBLISH_SECONDS("seconds.publish"),
  CHECKPOINTS("checkpoints"),
  CHECKPOINT_BYTES("checkpoint.bytes"),
  /** Segments, seams, assemblies, stretches and images that ended well. */
  PIECES("pieces.done"),
  FAILED_PIECES("pieces.failed"),
  /** Videos, zooms and images whose result was published. */
  ITEMS("items.done"),
  FAILED_ITEMS("items.failed");

  private final String metric;

  WorkCounter(String metric) {
    this.metric = metric;
  }

  /** Its name in Spark's metrics, after that of the source. */
  public String metric() {
    return metric;
  }

  /** Whether it counts seconds, which are not whole. */
  boolean isTime() {
    return metric.startsWith("seconds.");
  }

  static WorkCounter of(Stage stage) {
    return switch (stage) {
      case DECODE -> DECODE_SECONDS;
      case FLOW -> FLOW_SECONDS;
      case ASCENT -> ASCENT_SECONDS;
      case MEASURE -> MEASURE_SECONDS;
      case ENCODE -> ENCODE_SECONDS;
    };
  }
}
