package io.reverie.jobs.cli;

import io.reverie.jobs.FrameComparison;
import io.reverie.jobs.Outcome;
import io.reverie.jobs.Outcome.Status;
import io.reverie.jobs.Rerun;
import io.reverie.jobs.RunOptions;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "rerun",
    description = "Make a result again, by what it tells of how it was made, and compare the two.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ends with 0 if the frames are the same, with 4 if they differ. Examples:",
      "  reverie rerun dream.png",
      "  reverie rerun dream.mp4 once-more.mp4 --input cat.mov"
    })
final class RerunCommand implements Callable<Integer> {

  private final List<String> sparkWords;

  @Spec private CommandSpec command;
  @Mixin private RunningOptions running;

  @Parameters(
      index = "0",
      paramLabel = "OUTPUT",
      description = "A result, or the name of one whose .json is there.")
  private String output = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NEW-OUTPUT",
      description = "Where it goes; without it beside OUTPUT, with -again in its name.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "What was dreamed, if it no longer is where it was.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "FILE-OR-URI",
      description = "The weights, if they no longer are where they were.")
  private Optional<String> weights = Optional.empty();

  RerunCommand(List<String> sparkWords) {
    this.sparkWords = sparkWords;
  }

  @Override
  public Integer call() {
    JobRun job = new JobRun("rerun", sparkWords);
    return job.start(running.toRunOptions().device(), command.commandLine(), this::run);
  }

  private int run(JavaSparkContext spark) {
    RunOptions options = running.toRunOptions();
    Rerun rerun = Rerun.of(Location.of(output));
    SpecLoader.Loaded settings = rerun.settings(weights);
    String again = JobRun.seenBy(spark, rerun.target(target, options.overwrite()).text());
    String source = rerun.source(input, settings.spec());
    Recipe recipe = JobRun.recipe(spark, settings, options.device());
    rerun.requireFiles(recipe);
    PrintWriter err = command.commandLine().getErr();
    rerun.warnings(recipe, options.device()).forEach(w -> err.println("reverie: " + w));
    List<Outcome> outcomes = rerun.run(spark, recipe, options, JobRun.seenBy(spark, source), again);
    Report report = new Report("rerun", recipe.id(), outcomes);
    report.print(command.commandLine().getOut(), err, running);
    return outcomes.get(0).status() == Status.DREAMED ? compare(Location.of(again)) : report.code();
  }

  private int compare(Location again) {
    PrintWriter out =
        running.json() ? command.commandLine().getErr() : command.commandLine().getOut();
    try {
      if (!FrameComparison.isThere(Location.of(output))) {
        command.commandLine().getErr().printf("%s is not there to compare with%n", output);
        return Reverie.DONE;
      }
      OptionalLong different = FrameComparison.firstDifference(Location.of(output), again);
      out.println(
          different.isEmpty() ? "same frames" : "differs from frame " + different.getAsLong());
      out.flush();
      return different.isEmpty() ? Reverie.DONE : Reverie.SOME_FAILED;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
