package io.reverie.jobs.cli;

import io.reverie.jobs.rerun.FrameComparison;
import io.reverie.jobs.rerun.Rerun;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.trust.ExternalRef;
import io.reverie.jobs.trust.ExternalRefs;
import io.reverie.jobs.trust.UserGrants;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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
      "A note is a stranger's text. Settings are taken from it, and files in the result's folder;",
      "files elsewhere, downloads and programs only with the options above. What is read is listed.",
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
      description = "What was dreamed, if it is not in the result's folder.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "FILE-OR-URI",
      description = "The weights, if they are not in the result's folder.")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--file",
      paramLabel = "NAME=FILE",
      description = "A mask or guide, by its name in the note; may be repeated.")
  private Map<String, String> files = new TreeMap<>();

  @Option(
      names = "--trust-note",
      description = {
        "Read every file that the note names, download its weights, and run its TorchScript module,"
            + " which is a program."
      })
  private boolean trusting;

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
    UserGrants given = new UserGrants(input, weights, files, trusting);
    SpecLoader.Loaded settings = rerun.settings(given);
    Location made = rerun.target(target, options.overwrite());
    allow(rerun, settings, given, made);
    String again = JobRun.seenBy(spark, made.text());
    String source = rerun.source(input, settings.spec());
    ResolvedSpec recipe = JobRun.recipe(spark, settings, options.device());
    rerun.requireFiles(recipe);
    PrintWriter err = command.commandLine().getErr();
    rerun.warnings(recipe, options.device()).forEach(w -> err.println("reverie: " + w));
    List<Outcome> outcomes = rerun.run(spark, recipe, options, JobRun.seenBy(spark, source), again);
    RunReport report = new RunReport("rerun", recipe.id(), outcomes);
    report.print(command.commandLine().getOut(), err, running);
    return outcomes.get(0).status() == Status.DREAMED ? compare(Location.of(again)) : report.code();
  }

  /** Says what is read before it is read. */
  private void allow(Rerun rerun, SpecLoader.Loaded settings, UserGrants given, Location made) {
    List<ExternalRef> needs = rerun.needs(settings, given);
    List<ExternalRef> told = new ArrayList<>(needs);
    told.add(new ExternalRef(ExternalRef.Act.WRITE, "the new result", made.text()));
    ExternalRefs.print(
        "the rerun of %s, by its note,".formatted(output), told, command.commandLine().getErr());
    rerun.require(needs, settings, given);
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
