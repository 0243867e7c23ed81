package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.JobOptions;
import io.reverie.jobs.rerun.FrameComparison;
import io.reverie.jobs.rerun.Rerun;
import io.reverie.jobs.run.KeptDreamUse;
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
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rerun",
    description = "Reproduce a result from its recorded settings and compare the frames.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The recorded settings may come from a stranger. Unless an option above allows",
      "more, rerun reads only files in the result's folder. It lists what it reads.",
      "Exit code 0: same frames; 4: different frames.",
      "",
      "Examples:",
      "  reverie rerun dream.png",
      "  reverie rerun dream.mp4 copy.mp4 --input cat.mov"
    })
final class RerunCommand extends SparkCommand {

  @Mixin private JobOptions jobOptions;

  @Parameters(
      index = "0",
      paramLabel = "OUTPUT",
      description = "Result to reproduce; its sidecar OUTPUT.json is enough.")
  private String output = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NEW-OUTPUT",
      description = "File to write (default: OUTPUT with -again before the extension).")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "The source, if it is not in the result's folder (default: as recorded).")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "FILE-OR-URI",
      description = "The weights, if they are not in the result's folder (default: as recorded).")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--file",
      paramLabel = "NAME=FILE",
      description = "A mask or guide by its recorded name; repeatable (default: as recorded).")
  private Map<String, String> files = new TreeMap<>();

  @Option(
      names = "--trust-note",
      description =
          "Trust the recorded settings: read any file, download weights, run TorchScript modules.")
  private boolean trusting;

  @Override
  public Integer call() {
    // Refuses a wrong name before any work.
    jobOptions.results();
    return job().start(jobOptions.toRunOptions(), this::run);
  }

  private int run(JavaSparkContext spark) {
    // A kept dream would only show that it was kept.
    RunOptions options = jobOptions.toRunOptions().with(KeptDreamUse.IGNORE);
    Rerun rerun = Rerun.of(Location.of(output));
    UserGrants grants = new UserGrants(input, weights, files, trusting);
    SpecLoader.Loaded settings = rerun.settings(grants);
    Location newOutput = rerun.target(target, options.overwrite());
    allow(rerun, settings, grants, newOutput);
    String again = JobRun.absolute(spark, newOutput.text());
    String source = rerun.source(input, settings.spec());
    ResolvedSpec resolved = JobRun.resolve(spark, settings, options.device());
    rerun.requireFiles(resolved);
    Console console = job().console(jobOptions);
    JobRun.printAssumptions(resolved, console);
    rerun.warnings(resolved, options.device()).forEach(console::error);
    ForecastListener listener = job().listener(spark, jobOptions);
    List<Outcome> outcomes =
        rerun.run(spark, resolved, options, JobRun.absolute(spark, source), again, listener);
    int code = job().end(spark, resolved.id(), outcomes, listener, jobOptions);
    return outcomes.get(0).status() == Status.DREAMED ? compare(Location.of(again)) : code;
  }

  /** Lists what the rerun reads and writes before it does so. */
  private void allow(
      Rerun rerun, SpecLoader.Loaded settings, UserGrants grants, Location newOutput) {
    List<ExternalRef> needs = rerun.needs(settings, grants);
    List<ExternalRef> listed = new ArrayList<>(needs);
    listed.add(new ExternalRef(ExternalRef.AccessKind.WRITE, "the new result", newOutput.text()));
    ExternalRefs.print(
        "the rerun of %s, with its recorded settings,".formatted(output), listed, err());
    rerun.require(needs, settings, grants);
  }

  private int compare(Location again) {
    PrintWriter out = job().console(jobOptions).answers();
    try {
      if (!FrameComparison.isThere(Location.of(output))) {
        err().printf("%s does not exist, so there is nothing to compare with%n", output);
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
