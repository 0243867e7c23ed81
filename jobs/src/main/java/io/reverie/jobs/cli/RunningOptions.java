package io.reverie.jobs.cli;

import io.reverie.jobs.RunOptions;
import picocli.CommandLine.Option;

/** The options that do not change the picture. */
final class RunningOptions {

  @Option(names = "--overwrite", description = "Make results anew that are there already.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object on stdout at the end.")
  private boolean json;

  @Option(names = "--quiet", description = "Say nothing but errors.")
  private boolean quiet;

  RunOptions toRunOptions() {
    return new RunOptions(overwrite, dryRun, quiet);
  }

  boolean json() {
    return json;
  }
}
