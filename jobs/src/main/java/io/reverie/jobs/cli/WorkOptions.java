package io.reverie.jobs.cli;

import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.RunOptions;
import picocli.CommandLine.Option;

/** Where and how work is done, which changes no picture. */
final class WorkOptions {

  @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object on stdout at the end.")
  private boolean json;

  @Option(names = "--quiet", description = "Say nothing but errors.")
  private boolean quiet;

  @Option(
      names = "--device",
      paramLabel = "WORD",
      description = "auto (the GPU that Spark gives, else the CPU), cpu or gpu.")
  private Device device = Device.AUTO;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "Where unfinished work is kept; all machines must see it.")
  private String work = "";

  @Option(
      names = "--keep-work",
      description = "Keep unfinished work also when the result is there.")
  private boolean keepWork;

  @Option(
      names = "--checkpoint",
      paramLabel = "SECONDS",
      description = "Keep a segment's state so often, at the ends of chunks (20).")
  private double checkpoint = 20;

  /**
   * For a job.
   *
   * @param overwrite whether complete results are made anew
   */
  RunOptions toRunOptions(boolean overwrite) {
    return new RunOptions(overwrite, dryRun, quiet, keepWork, work, device, checkpoint);
  }

  boolean json() {
    return json;
  }
}
