package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.KeyOptions;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.zoom.ZoomJob;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "zoom",
    description = "Turn an image into an infinite zoom video: dream, move the camera, repeat.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie zoom cat.jpg zoom.mp4",
      "  reverie zoom --preset petals --rotate 0.5 --frames 600 noise: zoom.webm",
      "  reverie zoom --zoom '[{time: 0, value: 1.01}, {time: 4, value: 1.06}]' \\",
      "      --loop 30 lake.jpg loop.gif",
      "  reverie zoom 'holiday/*.jpg' out/"
    })
final class ZoomCommand extends DreamCommand {

  @Parameters(
      arity = "2..*",
      paramLabel = "IMAGE... OUTPUT",
      hideParamSyntax = true,
      description =
          "Images, globs, folders, or `noise:` for generated noise; then a video, numbered frames"
              + " (%%05d.png), or a folder for several images.")
  private List<String> paths = new ArrayList<>();

  @Override
  public Integer call() {
    if (keepsDream()) {
      throw UserException.usage(
          "zoom dreams each frame from the one before, strength included, so there is no dream to keep; render once with --codec ffv1 to a .mkv, and convert that");
    }
    SpecLoader.Loaded loaded = spec().load();
    return run(
        command().findOption("--zoom").getValue() == null
            ? loaded.with(loaded.spec().withDefaultZoom(KeyOptions.DEFAULT_ZOOM))
            : loaded,
        paths,
        (spark, resolved, options, inputs, output, run) ->
            new ZoomJob(spark, resolved, options, run).run(inputs, output));
  }
}
