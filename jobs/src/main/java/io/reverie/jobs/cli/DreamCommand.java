package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.JobOptions;
import io.reverie.jobs.cli.option.SpecOptions;
import io.reverie.jobs.inputs.InputFile;
import io.reverie.jobs.inputs.ResultKind;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.spec.SpecLoader;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that dreams its inputs into one output. */
abstract class DreamCommand extends SparkCommand {

  @Mixin private SpecOptions spec;
  @Mixin private JobOptions jobOptions;

  @Option(
      names = "--keep-dream",
      description =
          "Keep the dream, so that the strength, codec or container can be changed without a rerender.")
  private boolean keepDream;

  final SpecOptions spec() {
    return spec;
  }

  /** Runs a job over the rows of a list. */
  final int run(InputFile list, List<String> paths, ResultKind kind, ListRun.Job job) {
    ListRun.Job keeping =
        (spark, options, rows, run) -> job.run(spark, options.with(KeptDreamUse.KEEP), rows, run);
    return new ListRun(job(), spec, jobOptions, kind).run(list, paths, keepDream ? keeping : job);
  }

  /** Returns whether the user wants to keep the dream. */
  final boolean keepsDream() {
    return keepDream;
  }

  /**
   * Runs a job and prints its report.
   *
   * @param paths the inputs, then the output
   * @return the exit code
   */
  final int run(SpecLoader.Loaded loaded, List<String> paths, JobRun.Job job) {
    JobRun.Job keeping =
        (spark, resolved, options, inputs, output, run) ->
            job.run(spark, resolved, options.with(KeptDreamUse.KEEP), inputs, output, run);
    return job().run(loaded, paths, jobOptions, keepDream ? keeping : job);
  }
}
