package io.reverie.jobs.run;

import java.io.Serializable;

/**
 * What changes the run but not the picture.
 *
 * @param overwrite whether complete results are made anew
 * @param dryRun whether to stop after the plan
 * @param quiet whether to say nothing but errors
 * @param keepWork whether unfinished pieces stay when the result is there
 * @param work where they lie; empty for a hidden folder beside the result
 * @param device to dream on
 * @param checkpointSeconds after which a segment's state is kept at the next chunk's end
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

  /** The same, saying nothing but errors. */
  public RunOptions silent() {
    return new RunOptions(overwrite, dryRun, true, keepWork, work, device, checkpointSeconds);
  }
}
