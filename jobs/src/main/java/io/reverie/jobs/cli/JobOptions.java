package io.reverie.jobs.cli;

import io.reverie.jobs.run.RunOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of jobs that write one output. */
final class JobOptions {

  @Option(names = "--overwrite", description = "Overwrite existing results.")
  private boolean overwrite;

  @Mixin private ExecutionOptions execution;
  @Mixin private ReportOption report;

  RunOptions toRunOptions() {
    return execution.toRunOptions(overwrite).with(report.request());
  }

  boolean json() {
    return execution.json();
  }
}
