package io.reverie.jobs.cli;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.video.VideoJob;
import java.nio.file.Path;
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
    name = "video",
    description = "Dream videos, with their sound, timing and metadata.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie video clip.mp4 dream.mp4",
      "  reverie video --preset creatures --size 640x a.mov b.mkv out/",
      "  reverie video --fps 24 frames/%%05d.png dream.webm"
    })
final class VideoCommand implements Callable<Integer> {

  private final List<String> sparkWords;

  @Spec private CommandSpec command;
  @Mixin private SpecOptions spec;
  @Mixin private RunningOptions running;

  @Parameters(
      arity = "2..*",
      paramLabel = "INPUT... OUTPUT",
      hideParamSyntax = true,
      description = "Videos, or numbered frames (%%05d.png); then a file, or a folder for several.")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--start", paramLabel = "TIME", description = "Seconds or hh:mm:ss.")
  private Optional<String> start = Optional.empty();

  @Option(names = "--end", paramLabel = "TIME", description = "Seconds or hh:mm:ss.")
  private Optional<String> end = Optional.empty();

  @Option(
      names = "--temporal",
      paramLabel = "WORD",
      description = "Begin each frame with: carry (along the flow), blend or none.")
  private Optional<String> init = Optional.empty();

  @Option(
      names = "--persistence",
      paramLabel = "K",
      description = "How much of the carried dream is kept, 0 to below 1.")
  private Optional<String> carry = Optional.empty();

  @Option(names = "--effort", paramLabel = "WORD", description = "best or fast.")
  private Optional<String> effort = Optional.empty();

  @Option(
      names = "--cuts",
      paramLabel = "FILE",
      description = "Where shots begin: a time on each line, or an earlier run's manifest.")
  private Optional<Path> cuts = Optional.empty();

  @Option(names = "--fps", paramLabel = "RATE", description = "Of numbered frames.")
  private Optional<String> fps = Optional.empty();

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      description = "h264, vp9, av1, prores, ffv1, mpeg4, mjpeg or gif.")
  private Optional<String> codec = Optional.empty();

  @Option(
      names = "--quality",
      paramLabel = "N",
      description = "The encoder's constant-quality number.")
  private Optional<String> quality = Optional.empty();

  @Option(names = "--bitrate", paramLabel = "RATE", description = "Bits per second, such as 8M.")
  private Optional<String> bitrate = Optional.empty();

  @Option(names = "--pixel-format", paramLabel = "NAME", description = "FFmpeg's name.")
  private Optional<String> pixelFormat = Optional.empty();

  VideoCommand(List<String> sparkWords) {
    this.sparkWords = sparkWords;
  }

  @Override
  public Integer call() {
    if (cuts.isPresent() && paths.size() > 2) {
      throw UserException.usage("--cuts is for one video; dream several one by one");
    }
    SpecLoader.Loaded loaded = spec.load(further());
    return new JobRun("video", sparkWords)
        .run(
            loaded,
            paths,
            running,
            command.commandLine(),
            (spark, recipe, options, inputs, output) ->
                new VideoJob(spark, recipe, options).run(inputs, output));
  }

  private List<String> further() {
    List<String> all = new ArrayList<>();
    SpecOptions.add(all, "video.start", start);
    SpecOptions.add(all, "video.end", end);
    SpecOptions.add(all, "video.temporal", init);
    SpecOptions.add(all, "video.persistence", carry);
    SpecOptions.add(all, "video.effort", effort);
    cuts.ifPresent(file -> all.add("video.cuts=" + CutsFile.setting(file)));
    SpecOptions.add(all, "video.fps", fps);
    SpecOptions.add(all, "video.codec", codec);
    SpecOptions.add(all, "video.quality", quality);
    SpecOptions.add(all, "video.bitrate", bitrate);
    SpecOptions.add(all, "video.pixelFormat", pixelFormat);
    return all;
  }
}
