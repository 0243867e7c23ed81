package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.ExecutionOptions;
import io.reverie.jobs.cli.option.ReportOption;
import io.reverie.jobs.cli.option.SpecOptions;
import io.reverie.jobs.inputs.InputFile;
import io.reverie.jobs.run.Clusters;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.sync.JobDreamer;
import io.reverie.jobs.sync.SyncJob;
import io.reverie.jobs.sync.SyncReport;
import io.reverie.jobs.sync.SyncRequest;
import io.reverie.jobs.sync.SyncScope;
import io.reverie.jobs.sync.input.Selection;
import io.reverie.jobs.sync.lock.SyncLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sync",
    description = "Dream new and changed files in a folder or bucket.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Outputs keep the names of their inputs, with .mp4 appended if the format cannot",
      "be written. Outputs of deleted inputs stay unless --delete is given. State is kept in",
      ".reverie/sync in OUT.",
      "",
      "Examples:",
      "  reverie sync inbox/ dreams/",
      "  reverie sync s3a://films s3a://dreams --exclude 'drafts/**' --max-hours 8",
      "  reverie sync inbox/ dreams/ --include '**.{png,jpg}' --retry",
      "  reverie sync --report inbox/ dreams/",
      "  reverie sync inbox/ dreams/ --delete --dry-run"
    })
final class SyncCommand extends SparkCommand {

  @Mixin private SpecOptions spec;
  @Mixin private ExecutionOptions execution;
  @Mixin private ReportOption report;

  @Parameters(index = "0", paramLabel = "IN", description = "Folder of videos and images.")
  private String in = "";

  @Parameters(index = "1", paramLabel = "OUT", description = "Output folder.")
  private String out = "";

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Include only matching inputs, such as '**.mp4'; repeatable (default: all).")
  private List<String> includes = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Exclude matching inputs; repeatable (default: none).")
  private List<String> excludes = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Dream at most N inputs, oldest first (default: all).")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--max-hours",
      paramLabel = "H",
      description = "Start no input after H hours; the next run continues (default: no limit).")
  private double maxHours = Double.MAX_VALUE;

  @Option(
      names = "--retry",
      description = "Retry inputs that reached the failure limit (sync.attempts).")
  private boolean retry;

  @Option(
      names = "--fail-on-quarantine",
      description =
          "Exit with 4 while inputs are set aside because they failed too often (default: 0).")
  private boolean failOnQuarantine;

  @Option(
      names = "--check",
      description =
          "List all results to find missing ones. In a bucket with more than 20,000 results, sync"
              + " otherwise does so once a day.")
  private boolean check;

  @Option(
      names = "--delete",
      description =
          "Delete results whose inputs are gone; with --dry-run, list them (default: keep them).")
  private boolean delete;

  @Option(
      names = "--inputs",
      paramLabel = "LIST",
      description =
          "Process only the inputs in a .jsonl, .csv or .yaml list, named relative to IN,"
              + " instead of listing IN (default: all).")
  private Optional<String> list = Optional.empty();

  @Override
  public Integer call() {
    RunOptions options = execution.toRunOptions(true);
    SyncRequest request =
        new SyncRequest(
            in,
            out,
            new Selection(includes, excludes),
            limit,
            maxHours,
            retry,
            options.dryRun(),
            report.request(),
            new SyncScope(check, delete, List.of()));
    Optional<InputFile> inputs = list.map(InputFile::of);
    // A list in a bucket can be read only with Spark's settings.
    return job()
        .start(
            spec.load(),
            options,
            (spark, resolved) ->
                run(
                    spark,
                    resolved,
                    options,
                    inputs.map(file -> request.only(SyncScope.names(file, in))).orElse(request)));
  }

  private int run(
      JavaSparkContext spark, ResolvedSpec resolved, RunOptions options, SyncRequest request) {
    Console console = console(execution.json(), options.quiet());
    SyncSummary summary = new SyncSummary(console, failOnQuarantine);
    ForecastListener listener =
        new ForecastListener(console, Clusters.of(spark, options), execution.forecast());
    SyncReport report =
        new SyncJob(
                spark,
                resolved,
                // Batches run in parallel; their progress bars would overwrite each other.
                JobDreamer.of(spark, resolved, options.silent()),
                folder -> SyncLock.take(resolved.spec().sync().lease(), folder, console::error),
                (Outcome outcome) -> summary.print(outcome))
            .run(request, listener);
    return summary.print(report, listener.forecast(), execution.forecast().prices());
  }
}
