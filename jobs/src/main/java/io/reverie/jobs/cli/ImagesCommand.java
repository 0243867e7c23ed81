package io.reverie.jobs.cli;

import io.reverie.jobs.cli.help.UsageErrors;
import io.reverie.jobs.cli.option.InputsOption;
import io.reverie.jobs.images.ImagesJob;
import io.reverie.jobs.inputs.ResultKind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "images",
    description =
        "Dream still images: PNG, JPEG, WebP, TIFF and OpenEXR; other formats become PNG.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie images cat.jpg dream.png",
      "  reverie images --preset petals 'holiday/**.jpg' more/ out/",
      "  reverie images --inputs looks.csv out/"
    })
final class ImagesCommand extends DreamCommand {

  @Parameters(
      arity = "0..*",
      paramLabel = "INPUT... OUTPUT",
      hideParamSyntax = true,
      description = "Files, globs or folders; then a file, or a folder for several inputs.")
  private List<String> paths = new ArrayList<>();

  @Mixin private InputsOption list;

  @Override
  public Integer call() {
    if (list.isGiven()) {
      return run(list.file(), paths, ResultKind.STILL, ImagesJob::run);
    }
    UsageErrors.requireTwo(command(), paths);
    return run(
        spec().load(),
        paths,
        (spark, resolved, options, inputs, output, run) ->
            new ImagesJob(spark, resolved, options).run(inputs, output, run));
  }
}
