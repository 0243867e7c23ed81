package io.reverie.jobs.cli;

import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.sync.JobDreamer;
import io.reverie.jobs.sync.LeasedLock;
import io.reverie.jobs.sync.Selection;
import io.reverie.jobs.sync.SyncJob;
import io.reverie.jobs.sync.SyncReport;
import io.reverie.jobs.sync.SyncRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "sync",
    description = "Dream what is new or changed below a folder or a bucket's prefix.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Results have their inputs' names; of formats that cannot be written, with .mp4 behind them.",
      "Results whose inputs are gone stay. Records are kept in .reverie/sync below the results.",
      "",
      "Examples:",
      "  reverie sync inbox/ dreams/",
      "  reverie sync s3a://films s3a://dreams --exclude 'drafts/**' --max-hours 8 --json",
      "  reverie sync inbox/ dreams/ --include '**.{png,jpg}' --retry"
    })
final class SyncCommand implements Callable<Integer> {

  private final List<String> sparkWords;

  @Spec private CommandSpec command;
  @Mixin private SpecOptions spec;
  @Mixin private WorkOptions work;

  @Parameters(index = "0", paramLabel = "IN", description = "Where videos and images are.")
  private String in = "";

  @Parameters(index = "1", paramLabel = "OUT", description = "Where their dreams go.")
  private String out = "";

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Only inputs like this, such as '**.mp4'; may be repeated.")
  private List<String> includes = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "No inputs like this; may be repeated.")
  private List<String> excludes = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "N", description = "Dream so many, the oldest first.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--max-hours",
      paramLabel = "H",
      description = "Begin nothing more after so long; the next run goes on.")
  private double maxHours = Double.MAX_VALUE;

  @Option(names = "--retry", description = "Also what has failed too often.")
  private boolean retry;

  SyncCommand(List<String> sparkWords) {
    this.sparkWords = sparkWords;
  }

  @Override
  public Integer call() {
    SyncRequest request =
        new SyncRequest(
            in,
            out,
            new Selection(includes, excludes),
            limit,
            maxHours,
            retry,
            work.toRunOptions(true).dryRun());
    return new JobRun("sync", sparkWords)
        .start(
            spec.load(List.of()),
            work.toRunOptions(true).device(),
            command.commandLine(),
            (spark, recipe) -> run(spark, recipe, request));
  }

  private int run(JavaSparkContext spark, ResolvedSpec recipe, SyncRequest request) {
    SyncSummary summary =
        new SyncSummary(
            command.commandLine().getOut(),
            command.commandLine().getErr(),
            work.json(),
            work.toRunOptions(true).quiet());
    SyncReport report =
        new SyncJob(
                spark,
                recipe,
                // Batches run side by side, whose bars would overwrite each other.
                JobDreamer.of(spark, recipe, work.toRunOptions(true).silent()),
                LeasedLock::take,
                (Outcome outcome) -> summary.say(outcome))
            .run(request);
    return summary.print(report);
  }
}
