package io.reverie.jobs.cli.option;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.results.ResultsFile;
import io.reverie.jobs.run.RunOptions;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of jobs that write one output. */
public final class JobOptions {

  @Option(names = "--overwrite", description = "Overwrite existing results.")
  private boolean overwrite;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description =
          "Write a table with one row for each item: .parquet, .jsonl or .csv (default: none).")
  private Optional<String> results = Optional.empty();

  @Mixin private ExecutionOptions execution;
  @Mixin private ReportOption report;

  public RunOptions toRunOptions() {
    return execution.toRunOptions(overwrite).with(report.request());
  }

  /**
   * The table of results, if the user wants one.
   *
   * @throws UserException if the name is not that of a table, or with a dry run
   */
  public Optional<ResultsFile> results() {
    if (results.isPresent() && toRunOptions().dryRun()) {
      throw UserException.usage(
          "--results cannot be combined with --dry-run, which dreams nothing; remove one of them");
    }
    return results.map(ResultsFile::of);
  }

  public boolean json() {
    return execution.json();
  }

  public ForecastOptions forecast() {
    return execution.forecast();
  }
}
