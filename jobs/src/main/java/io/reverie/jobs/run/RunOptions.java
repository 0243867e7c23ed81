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
 * @param report the page that a run leaves about itself
 * @param partial whether the finished beginning of a video can be played before the rest is there
 * @param dreams whether to use and keep dreams for results with another strength or encoding
 * @param batch how many dreams of a device may share a pass of the network
 */
public record RunOptions(
    boolean overwrite,
    boolean dryRun,
    boolean quiet,
    boolean keepWork,
    String work,
    Device device,
    double checkpointSeconds,
    ReportRequest report,
    boolean partial,
    KeptDreamUse dreams,
    BatchSize batch)
    implements Serializable {

  public RunOptions {
    if (!(checkpointSeconds >= 0 && checkpointSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "checkpoints cannot be %s seconds apart".formatted(checkpointSeconds));
    }
  }

  /** Options of a run that leaves only its results. */
  public RunOptions(
      boolean overwrite,
      boolean dryRun,
      boolean quiet,
      boolean keepWork,
      String work,
      Device device,
      double checkpointSeconds) {
    this(
        overwrite,
        dryRun,
        quiet,
        keepWork,
        work,
        device,
        checkpointSeconds,
        ReportRequest.NONE,
        false,
        KeptDreamUse.USE,
        BatchSize.AUTO);
  }

  /** Returns a copy that prints errors only, writes no page and looks for no kept dream. */
  public RunOptions silent() {
    return new RunOptions(overwrite, dryRun, true, keepWork, work, device, checkpointSeconds)
        .with(KeptDreamUse.IGNORE)
        .with(batch);
  }

  /** Returns a copy that leaves a page about the run. */
  public RunOptions with(ReportRequest page) {
    return copy(page, partial, dreams, batch);
  }

  /** Returns a copy that also publishes the beginning of a video while the rest is made. */
  public RunOptions withPartial() {
    return copy(report, true, dreams, batch);
  }

  /** Returns a copy with another use of kept dreams. */
  public RunOptions with(KeptDreamUse use) {
    return copy(report, partial, use, batch);
  }

  /** Returns a copy with another size of batches. */
  public RunOptions with(BatchSize other) {
    return copy(report, partial, dreams, other);
  }

  private RunOptions copy(ReportRequest page, boolean parts, KeptDreamUse use, BatchSize size) {
    return new RunOptions(
        overwrite,
        dryRun,
        quiet,
        keepWork,
        work,
        device,
        checkpointSeconds,
        page,
        parts,
        use,
        size);
  }
}
