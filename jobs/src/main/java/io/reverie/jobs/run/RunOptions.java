package io.reverie.jobs.run;

import java.io.Serializable;

/**
 * Options that change how a job runs, but no pixel.
 *
 * @param overwrite whether existing results are replaced
 * @param dryRun whether to stop after planning
 * @param quiet whether to print errors only
 * @param keepWork whether to keep the work folder of a finished result
 * @param work parent of the work folders; empty for a hidden folder beside the result
 * @param checkpointSeconds minimum time between two checkpoints of a segment
 */
public record RunOptions(
    boolean overwrite,
    boolean dryRun,
    boolean quiet,
    boolean keepWork,
    String work,
    Device device,
    double checkpointSeconds)
    implements Serializable {

  public RunOptions {
    if (!(checkpointSeconds >= 0 && checkpointSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "checkpoints cannot be %s seconds apart".formatted(checkpointSeconds));
    }
  }

  /** Returns a copy that prints errors only. */
  public RunOptions silent() {
    return new RunOptions(overwrite, dryRun, true, keepWork, work, device, checkpointSeconds);
  }
}
