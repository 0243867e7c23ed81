package io.reverie.jobs.cli;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.zoom.ZoomJob;
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
    name = "zoom",
    description = "Dive into pictures without end: dream, move the camera, dream on.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie zoom cat.jpg dive.mp4",
      "  reverie zoom --preset petals --rotate 0.5 --frames 600 noise: dive.webm",
      "  reverie zoom --loop 30 --set 'camera.zoom=[{time: 0, value: 1.01}, {time: 4, value: 1.06}]'"
          + " lake.jpg circle.gif",
      "  reverie zoom 'holiday/*.jpg' out/"
    })
final class ZoomCommand implements Callable<Integer> {

  /** For a picture that nothing else is said of: one that stands still is no dive. */
  private static final String USUAL = "1.03";

  private final List<String> sparkWords;

  @Spec private CommandSpec command;
  @Mixin private SpecOptions spec;
  @Mixin private RunningOptions running;

  @Parameters(
      arity = "2..*",
      paramLabel = "IMAGE... OUTPUT",
      hideParamSyntax = true,
      description =
          "Pictures, globs, folders or noise:; then a video or numbered frames (%%05d.png) for one,"
              + " else a folder.")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--frames", paramLabel = "N", description = "How many (240).")
  private Optional<String> frames = Optional.empty();

  @Option(names = "--fps", paramLabel = "RATE", description = "Frames per second (30).")
  private Optional<String> fps = Optional.empty();

  @Option(
      names = "--zoom",
      paramLabel = "FACTOR",
      description =
          "What each frame grows by: " + USUAL + " where the settings say nothing; 1 for none.")
  private Optional<String> zoom = Optional.empty();

  @Option(
      names = "--rotate",
      paramLabel = "DEGREES",
      description = "What each frame turns by, counterclockwise.")
  private Optional<String> rotate = Optional.empty();

  @Option(
      names = "--loop",
      paramLabel = "N",
      description = "Fade the end into the beginning over so many frames, to play it in a circle.")
  private Optional<String> loop = Optional.empty();

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      description = "h264, vp9, av1, prores, ffv1, mpeg4, mjpeg or gif.")
  private Optional<String> codec = Optional.empty();

  ZoomCommand(List<String> sparkWords) {
    this.sparkWords = sparkWords;
  }

  @Override
  public Integer call() {
    return new JobRun("zoom", sparkWords)
        .run(
            load(),
            paths,
            running,
            command.commandLine(),
            (spark, recipe, options, inputs, output) ->
                new ZoomJob(spark, recipe, options).run(inputs, output));
  }

  private SpecLoader.Loaded load() {
    SpecLoader.Loaded loaded = spec.load(further(zoom));
    return zoom.isEmpty() && isWithoutZoom(loaded.spec())
        ? spec.load(further(Optional.of(USUAL)))
        : loaded;
  }

  private static boolean isWithoutZoom(PipelineSpec spec) {
    return spec.camera().zoom() == 1 && !spec.schedule().changes("camera.zoom");
  }

  private List<String> further(Optional<String> factor) {
    List<String> all = new ArrayList<>();
    SpecOptions.add(all, "zoom.frames", frames);
    SpecOptions.add(all, "zoom.fps", fps);
    SpecOptions.add(all, "zoom.loop", loop);
    SpecOptions.add(all, "camera.zoom", factor);
    SpecOptions.add(all, "camera.rotate", rotate);
    SpecOptions.add(all, "video.codec", codec);
    return all;
  }
}
