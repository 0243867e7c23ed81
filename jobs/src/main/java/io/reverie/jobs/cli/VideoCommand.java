package io.reverie.jobs.cli;

import io.reverie.jobs.cli.help.UsageErrors;
import io.reverie.jobs.cli.option.InputsOption;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.inputs.ResultKind;
import io.reverie.jobs.listing.Glob;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.VideoJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "video",
    description = "Dream videos, with their sound, timing and metadata.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie video clip.mp4 dream.mp4",
      "  reverie video --preset creatures --size 640x a.mov b.mkv out/",
      "  reverie video --report --partial film.mov dream.mp4",
      "  reverie video 'clips/**.mov' out/",
      "  reverie video --inputs clips.jsonl out/",
      "  reverie video --fps 24 frames/%%05d.png dream.webm"
    })
final class VideoCommand extends DreamCommand {

  @Parameters(
      arity = "0..*",
      paramLabel = "INPUT... OUTPUT",
      hideParamSyntax = true,
      description =
          "Videos, globs or numbered frames (%%05d.png); then a file, or a folder for several inputs.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--cuts",
      paramLabel = "FILE",
      description =
          "Shot boundaries: one time per line, or the JSON sidecar of an earlier run (default: detected).")
  private Optional<Path> cuts = Optional.empty();

  @Option(
      names = "--partial",
      description =
          "During the run, keep a playable file of the finished beginning next to the output.")
  private boolean partial;

  @Mixin private InputsOption list;

  @Override
  public Integer call() {
    if (list.isGiven()) {
      return runList();
    }
    UsageErrors.requireTwo(command(), paths);
    if (cuts.isPresent() && (paths.size() > 2 || isGlob(paths.get(0)))) {
      throw UserException.usage("--cuts applies to a single video; run reverie once for each");
    }
    List<Overlay> further =
        cuts.map(file -> Overlay.of("video.cuts", CutsFile.times(file), "--cuts")).stream()
            .toList();
    return run(
        spec().load(further, Optional.empty()),
        paths,
        (spark, resolved, options, inputs, output, run) ->
            new VideoJob(spark, resolved, partial ? options.withPartial() : options)
                .run(inputs, output, run));
  }

  private int runList() {
    if (cuts.isPresent()) {
      throw UserException.usage(
          "--cuts applies to a single video; give each row of the list its own video.cuts");
    }
    return run(
        list.file(),
        paths,
        ResultKind.VIDEO,
        (spark, options, items, run) ->
            VideoJob.run(spark, partial ? options.withPartial() : options, items, run));
  }

  private static boolean isGlob(String input) {
    try {
      return Glob.unlessFile(Location.of(input)).isPresent();
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }
}
