package io.reverie.jobs.cli;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.NoFile;
import io.reverie.jobs.measure.MeasuresReport;
import io.reverie.jobs.measure.Protocol;
import io.reverie.jobs.measure.VideoComparison;
import io.reverie.jobs.spec.rule.TimeRule;
import io.reverie.jobs.storage.Location;
import io.reverie.video.MediaSource;
import io.reverie.video.decode.VideoFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "measure",
    description =
        "Measure the flicker and the strength of a dreamed video, even one from another program.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "frames    frames of both videos, paired by time",
      "flicker   change that the source's motion does not explain, with colours in 0..1",
      "strength  mean change in grey levels",
      "young     strength of pixels uncovered up to 5 frames ago",
      "old       strength of pixels uncovered more than 20 frames ago",
      "",
      "With --protocol lai also:",
      "",
      "warpingError        the warping error of Lai et al. 2018, without correction",
      "sourceWarpingError  the warping error of the source",
      "",
      "Examples:",
      "  reverie measure clip.mp4 dream.mp4",
      "  reverie measure --start 00:01:30 --json film.mov scene.mp4"
    })
final class MeasureCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "Source video.")
  private Path source;

  @Parameters(index = "1", paramLabel = "DREAMED", description = "Dreamed video.")
  private Path dreamed;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "Position in the source where the dream starts (default: 0).")
  private Optional<String> start = Optional.empty();

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "reverie, or lai to print the warping error of Lai et al. as well (default: ${DEFAULT-VALUE}).",
      defaultValue = "reverie")
  private Protocol protocol = Protocol.REVERIE;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    double from = start.map(TimeRule::new).flatMap(MeasureCommand::seconds).orElse(0.0);
    VideoComparison.Compared compared =
        new VideoComparison(video(source), video(dreamed), from, protocol).run();
    if (compared.measures().frames().isEmpty()) {
      throw UserException.environment(
          "no frame of %s has the time of a frame of %s; give the position in the source where the dream starts with --start"
              .formatted(source, dreamed));
    }
    MeasuresReport report = new MeasuresReport(compared);
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? report.json() : report.text());
    out.println();
    out.flush();
    return Reverie.DONE;
  }

  private static Optional<Double> seconds(TimeRule time) {
    return time.seconds().isPresent()
        ? Optional.of(time.seconds().getAsDouble())
        : Optional.empty();
  }

  private static VideoFile video(Path file) {
    if (!Files.isRegularFile(file)) {
      throw NoFile.input(Location.of(file.toString()));
    }
    return new VideoFile(MediaSource.of(file));
  }
}
