package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.JobOptions;
import io.reverie.jobs.cli.spark.SparkStarter;
import io.reverie.jobs.cli.spark.WaitingNotice;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.SharedWeights;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.BatchSize;
import io.reverie.jobs.run.Clusters;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskMemory;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;

/**
 * Runs a command's job on Spark, from the weights to the report.
 *
 * @param sparkArguments the arguments after {@code --}
 */
record JobRun(CommandLine line, List<String> sparkArguments) {

  interface Job {
    List<Outcome> run(
        JavaSparkContext spark,
        ResolvedSpec resolved,
        RunOptions options,
        List<String> inputs,
        String output,
        RunListener run);
  }

  /**
   * Runs a job to its report.
   *
   * @param paths the inputs, then the output
   * @return the exit code
   */
  int run(SpecLoader.Loaded loaded, List<String> paths, JobOptions jobOptions, Job job) {
    List<String> inputs = paths.subList(0, paths.size() - 1);
    String output = paths.get(paths.size() - 1);
    RunOptions options = jobOptions.toRunOptions();
    // Refuses a wrong name before any work.
    jobOptions.results().ifPresent(table -> table.requireNoneOf(paths));
    return start(
        loaded,
        options,
        (spark, resolved) -> {
          ForecastListener listener = listener(spark, jobOptions);
          List<Outcome> outcomes =
              job.run(
                  spark,
                  resolved,
                  options,
                  inputs.stream().map(input -> absolute(spark, input)).toList(),
                  absolute(spark, output),
                  listener);
          return end(spark, resolved.id(), outcomes, listener, jobOptions);
        });
  }

  /**
   * Prints the report of a job, and writes the table that the user wants.
   *
   * @param id of the settings of outcomes that name none
   * @return the exit code
   */
  int end(
      JavaSparkContext spark,
      String id,
      List<Outcome> outcomes,
      ForecastListener listener,
      JobOptions options) {
    RunReport report = new RunReport(line.getCommandName(), id, outcomes, listener.forecast());
    report.print(console(options), options.forecast().prices());
    options
        .results()
        .ifPresent(file -> file.with(name -> absolute(spark, name)).write(spark, id, outcomes));
    return report.code();
  }

  /** Receives the notices and the forecast of a job. */
  ForecastListener listener(JavaSparkContext spark, JobOptions options) {
    return new ForecastListener(
        console(options), Clusters.of(spark, options.toRunOptions()), options.forecast());
  }

  Console console(JobOptions options) {
    return Console.of(line, options.json(), options.toRunOptions().quiet());
  }

  interface Work {
    int run(JavaSparkContext spark, ResolvedSpec resolved);
  }

  /**
   * Starts Spark and resolves the spec.
   *
   * @return the exit code
   */
  int start(SpecLoader.Loaded loaded, RunOptions options, Work work) {
    return start(
        options,
        spark -> {
          ResolvedSpec resolved = resolve(spark, loaded, options.device());
          printAssumptions(resolved, Console.of(line));
          return work.run(spark, resolved);
        });
  }

  /** Reports assumptions about the weights, so that users notice wrong ones. */
  static void printAssumptions(ResolvedSpec resolved, Console console) {
    for (String assumed : resolved.assumed()) {
      String remedy =
          assumed.startsWith(ResolvedSpec.UNKNOWN)
              ? "; override what is wrong: --set preprocessing.order=bgr, or scale, mean or std"
              : "";
      console.error(Path.of(resolved.weights()).getFileName() + ": " + assumed + remedy);
    }
    console.flush();
  }

  /**
   * Starts Spark, with tasks that do not share a device.
   *
   * @return the exit code
   */
  int start(Device device, ToIntFunction<JavaSparkContext> work) {
    return start(device, BatchSize.ALONE, work);
  }

  /**
   * Starts Spark.
   *
   * @return the exit code
   */
  int start(RunOptions options, ToIntFunction<JavaSparkContext> work) {
    return start(options.device(), options.batch(), work);
  }

  private int start(Device device, BatchSize batch, ToIntFunction<JavaSparkContext> work) {
    Console console = Console.of(line);
    VisibleSecrets.warning().ifPresent(console::error);
    try (JavaSparkContext spark = SparkStarter.start(sparkArguments, device, batch);
        WaitingNotice waiting =
            new WaitingNotice(spark.getConf(), WaitingNotice.PATIENCE, console::error)) {
      spark.sc().addSparkListener(waiting);
      if (spark.isLocal()) {
        // Fails here once instead of for each item.
        device.check();
        device.warning().ifPresent(console::error);
      }
      return whileRunning(spark, work);
    }
  }

  /** A master that removes the application stops Spark in the middle of the work. */
  private static int whileRunning(JavaSparkContext spark, ToIntFunction<JavaSparkContext> work) {
    try {
      return work.applyAsInt(spark);
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      if (spark.sc().isStopped()) {
        throw UserException.environment(
            "Spark at %s ended this run; check that the address is right and the cluster is running; if it requires a secret, pass it with -- --properties-file FILE"
                .formatted(spark.master()),
            e);
      }
      throw e;
    }
  }

  /** Resolves automatic settings and files, and sends the weights to each executor once. */
  static ResolvedSpec resolve(JavaSparkContext spark, SpecLoader.Loaded loaded, Device device) {
    ResolvedSpec resolved =
        new WeightsStore(CacheFolder.path()).resolve(loaded.with(prepared(spark, loaded, device)));
    if (!spark.isLocal()) {
      send(spark, resolved);
    }
    return resolved;
  }

  private static PipelineSpec prepared(
      JavaSparkContext spark, SpecLoader.Loaded loaded, Device device) {
    return loaded
        .spec()
        .withTile(TaskMemory.of(spark.getConf(), device), loaded.network())
        .withPrecision(device.ofThisMachine())
        .renamed(file -> absolute(spark, file));
  }

  /** Resolves many specs, and each network and each file of theirs once. */
  static Function<SpecLoader.Loaded, ResolvedSpec> resolver(
      JavaSparkContext spark, Device device, Console console) {
    Map<List<Object>, ResolvedSpec> known = new HashMap<>();
    Set<String> sent = new HashSet<>();
    Set<List<Object>> said = new HashSet<>();
    WeightsStore store = new WeightsStore(CacheFolder.path());
    return loaded -> {
      PipelineSpec spec = prepared(spark, loaded, device);
      List<Object> key =
          List.of(spec.network(), spec.weights(), spec.preprocessing(), spec.files());
      ResolvedSpec resolved = known.computeIfAbsent(key, k -> store.resolve(loaded.with(spec)));
      if (said.add(List.of(resolved.weightsSha256(), resolved.assumed()))) {
        printAssumptions(resolved, console);
      }
      if (!spark.isLocal() && sent.add(resolved.weightsSha256())) {
        send(spark, resolved);
      }
      return resolved.with(spec);
    };
  }

  private static void send(JavaSparkContext spark, ResolvedSpec resolved) {
    try {
      SharedWeights.send(spark, resolved);
    } catch (IOException e) {
      throw UserException.environment("cannot send the weights to the executors: " + e, e);
    }
  }

  /** Makes paths absolute for executors, which have other working directories. */
  static String absolute(JavaSparkContext spark, String path) {
    String slash = path.endsWith("/") ? "/" : "";
    return spark.isLocal() || path.equals(SourceInfo.NOISE)
        ? path
        : Location.of(path).absolute() + slash;
  }
}
