package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.JobOptions;
import io.reverie.jobs.cli.option.SpecOptions;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.inputs.InputFile;
import io.reverie.jobs.inputs.ListedItems;
import io.reverie.jobs.inputs.ResultKind;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemList;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.OutputRule;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs a job over the rows of a list.
 *
 * @param spec settings of rows that do not set them
 */
record ListRun(JobRun run, SpecOptions spec, JobOptions options, ResultKind kind) {

  interface Job {
    List<Outcome> run(
        JavaSparkContext spark, RunOptions options, ItemList list, RunListener listener);
  }

  /**
   * Reads the list and runs the job on its rows.
   *
   * @param paths the output folder, or nothing
   * @return the exit code
   */
  int run(InputFile list, List<String> paths, Job job) {
    if (paths.size() > 1) {
      throw UserException.usage(
          "--inputs names the inputs, so only the output folder may follow; add %s to %s"
              .formatted(paths.get(0), list.file()));
    }
    // Refuses wrong settings and a wrong name of a table before Spark starts.
    SpecLoader.Loaded own = spec.load();
    options
        .results()
        .ifPresent(
            table ->
                table.requireNoneOf(
                    Stream.concat(Stream.of(list.file().text()), paths.stream()).toList()));
    RunOptions runOptions = options.toRunOptions();
    return run.start(
        runOptions,
        spark -> {
          ListedItems.Loaded loaded = ListedItems.Loaded.of(list.read(), spec::load);
          spec.printExternalRefs(list.file().text(), own, loaded.settings().values());
          Optional<Location> folder =
              paths.stream().map(path -> folder(JobRun.absolute(spark, path))).findFirst();
          ListedItems items = new ListedItems(kind, folder, path -> JobRun.absolute(spark, path));
          ItemList work =
              new ItemList(
                  list.file().text(),
                  items.of(
                      loaded, JobRun.resolver(spark, runOptions.device(), run.console(options))),
                  folder);
          ForecastListener listener = run.listener(spark, options);
          List<Outcome> outcomes = job.run(spark, runOptions, work, listener);
          return run.end(spark, id(work), outcomes, listener, options);
        });
  }

  private static Location folder(String path) {
    Location folder = Location.of(path);
    try {
      OutputRule.isFolder(folder, false, name -> name.matches(".*\\.[A-Za-z0-9]{2,5}"));
      return folder;
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /** The id of all settings, if they are the same. */
  private static String id(ItemList list) {
    Set<String> ids =
        list.items().stream().map(item -> item.resolved().id()).collect(Collectors.toSet());
    return ids.size() == 1 ? ids.iterator().next() : "";
  }
}
