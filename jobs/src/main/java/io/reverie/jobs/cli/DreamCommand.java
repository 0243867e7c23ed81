package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.JobOptions;
import io.reverie.jobs.cli.option.SpecOptions;
import io.reverie.jobs.inputs.InputFile;
import io.reverie.jobs.inputs.ResultKind;
import io.reverie.jobs.spec.SpecLoader;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that dreams its inputs into one output. */
abstract class DreamCommand extends SparkCommand {

  @Mixin private SpecOptions spec;
  @Mixin private JobOptions options;

  final SpecOptions spec() {
    return spec;
  }

  /** Runs a job over the rows of a list. */
  final int run(InputFile list, List<String> paths, ResultKind kind, ListRun.Job job) {
    return new ListRun(job(), spec, options, kind).run(list, paths, job);
  }

  /**
   * Runs a job and prints its report.
   *
   * @param paths the inputs, then the output
   * @return the exit code
   */
  final int run(SpecLoader.Loaded loaded, List<String> paths, JobRun.Job job) {
    return job().run(loaded, paths, options, job);
  }
}
