package io.reverie.jobs.cli;

import io.reverie.jobs.run.RunOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that do not change the picture. */
final class RunningOptions {

  @Option(names = "--overwrite", description = "Make results anew that are there already.")
  private boolean overwrite;

  @Mixin private WorkOptions work;

  RunOptions toRunOptions() {
    return work.toRunOptions(overwrite);
  }

  boolean json() {
    return work.json();
  }
}
