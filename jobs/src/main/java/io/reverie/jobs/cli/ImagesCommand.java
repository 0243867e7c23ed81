package io.reverie.jobs.cli;

import io.reverie.jobs.ImagesJob;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "images",
    description = "Dream still images: PNG, JPEG, WebP and TIFF.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie images cat.jpg dream.png",
      "  reverie images --preset petals 'holiday/**.jpg' more/ out/"
    })
final class ImagesCommand implements Callable<Integer> {

  private final List<String> sparkWords;

  @Spec private CommandSpec command;
  @Mixin private SpecOptions spec;
  @Mixin private RunningOptions running;

  @Parameters(
      arity = "2..*",
      paramLabel = "INPUT... OUTPUT",
      description = "Files, globs and folders; then a file for one, else a folder.")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--quality", paramLabel = "N", description = "Of JPEG and WebP, 1 to 100.")
  private Optional<String> quality = Optional.empty();

  ImagesCommand(List<String> sparkWords) {
    this.sparkWords = sparkWords;
  }

  @Override
  public Integer call() {
    List<String> further = new ArrayList<>();
    SpecOptions.add(further, "images.quality", quality);
    SpecLoader.Loaded loaded = spec.load(further);
    List<String> inputs = paths.subList(0, paths.size() - 1);
    String output = paths.get(paths.size() - 1);
    try (JavaSparkContext spark = Spark.start(sparkWords)) {
      Recipe recipe =
          new WeightsStore(WeightsStore.defaultCache(), spark.hadoopConfiguration())
              .resolve(loaded.spec(), loaded.network());
      ImagesJob job = new ImagesJob(spark, recipe, running.toRunOptions());
      Report report = new Report("images", recipe.id(), job.run(inputs, output));
      report.print(command.commandLine().getOut(), command.commandLine().getErr(), running);
      return report.code();
    }
  }
}
