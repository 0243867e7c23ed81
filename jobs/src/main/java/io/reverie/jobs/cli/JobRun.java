package io.reverie.jobs.cli;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.SharedWeights;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskMemory;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;

/**
 * What every job's command does: Spark, the weights, the job, the report.
 *
 * @param command as the user calls it
 * @param sparkWords what stood after {@code --}
 */
record JobRun(String command, List<String> sparkWords) {

  /** A job over inputs and an output. */
  interface Job {
    List<Outcome> run(
        JavaSparkContext spark,
        ResolvedSpec recipe,
        RunOptions options,
        List<String> inputs,
        String output);
  }

  /**
   * Runs a job to its report.
   *
   * @param paths the inputs, then the output
   * @return the exit code
   */
  int run(
      SpecLoader.Loaded loaded,
      List<String> paths,
      RunningOptions running,
      CommandLine line,
      Job job) {
    List<String> inputs = paths.subList(0, paths.size() - 1);
    String output = paths.get(paths.size() - 1);
    RunOptions options = running.toRunOptions();
    return start(
        loaded,
        options.device(),
        line,
        (spark, recipe) -> {
          List<Outcome> outcomes =
              job.run(
                  spark,
                  recipe,
                  options,
                  inputs.stream().map(input -> seenBy(spark, input)).toList(),
                  seenBy(spark, output));
          RunReport report = new RunReport(command, recipe.id(), outcomes);
          report.print(line.getOut(), line.getErr(), running);
          return report.code();
        });
  }

  /** What is to be done with Spark and a recipe. */
  interface Work {
    int run(JavaSparkContext spark, ResolvedSpec recipe);
  }

  /**
   * Starts Spark, and finds the weights.
   *
   * @return the exit code
   */
  int start(SpecLoader.Loaded loaded, Device device, CommandLine line, Work work) {
    return start(device, line, spark -> work.run(spark, recipe(spark, loaded, device)));
  }

  /**
   * Starts Spark alone.
   *
   * @return the exit code
   */
  int start(Device device, CommandLine line, ToIntFunction<JavaSparkContext> work) {
    VisibleSecrets.warning().ifPresent(warning -> line.getErr().println("reverie: " + warning));
    try (JavaSparkContext spark = SparkStarter.start(sparkWords, device)) {
      if (spark.isLocal()) {
        // Said once, not of each item.
        device.check();
      }
      return whileRunning(spark, work);
    }
  }

  /** When a master gives a run up, Spark stops in the middle of whatever the run is doing. */
  private static int whileRunning(JavaSparkContext spark, ToIntFunction<JavaSparkContext> work) {
    try {
      return work.applyAsInt(spark);
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      if (spark.sc().isStopped()) {
        throw UserException.environment(
            "Spark at %s ended this run; check that the address is right and the cluster is up, and name its secret with -- --properties-file FILE if it has one"
                .formatted(spark.master()),
            e);
      }
      throw e;
    }
  }

  /** Decides what is left to Reverie, finds the weights, and sends them to each executor once. */
  static ResolvedSpec recipe(JavaSparkContext spark, SpecLoader.Loaded loaded, Device device) {
    PipelineSpec spec =
        loaded
            .spec()
            .tiled(TaskMemory.of(spark.getConf(), device), loaded.network())
            .renamed(file -> seenBy(spark, file));
    ResolvedSpec recipe = new WeightsStore(CacheFolder.path()).resolve(loaded.with(spec));
    if (!spark.isLocal()) {
      send(spark, recipe);
    }
    return recipe;
  }

  private static void send(JavaSparkContext spark, ResolvedSpec recipe) {
    try {
      SharedWeights.send(spark, recipe);
    } catch (IOException e) {
      throw UserException.environment("cannot offer the weights to executors: " + e, e);
    }
  }

  /** Executors of a cluster work in folders of their own. */
  static String seenBy(JavaSparkContext spark, String path) {
    String slash = path.endsWith("/") ? "/" : "";
    return spark.isLocal() || path.equals(SourceInfo.NOISE)
        ? path
        : Location.of(path).absolute() + slash;
  }
}
