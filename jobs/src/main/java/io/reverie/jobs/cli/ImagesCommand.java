package io.reverie.jobs.cli;

import io.reverie.jobs.images.ImagesJob;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
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
      "  reverie images --preset petals 'holiday/**.jpg' more/ out/"
    })
final class ImagesCommand extends DreamCommand {

  @Parameters(
      arity = "2..*",
      paramLabel = "INPUT... OUTPUT",
      hideParamSyntax = true,
      description = "Files, globs or folders; then a file, or a folder for several inputs.")
  private List<String> paths = new ArrayList<>();

  @Override
  public Integer call() {
    return run(
        spec().load(),
        paths,
        (spark, resolved, options, inputs, output, run) ->
            new ImagesJob(spark, resolved, options).run(inputs, output, run));
  }
}
