package io.reverie.jobs.cli;

import io.reverie.jobs.images.ImagesJob;
import io.reverie.jobs.spec.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      hideParamSyntax = true,
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
    return new JobRun("images", sparkWords)
        .run(
            loaded,
            paths,
            running,
            command.commandLine(),
            (spark, recipe, options, inputs, output) ->
                new ImagesJob(spark, recipe, options).run(inputs, output, this::say));
  }

  private void say(String notice) {
    if (!running.toRunOptions().quiet()) {
      command.commandLine().getErr().println("reverie: " + notice);
    }
  }
}
