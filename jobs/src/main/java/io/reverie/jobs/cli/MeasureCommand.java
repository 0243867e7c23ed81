package io.reverie.jobs.cli;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.measure.MeasuresReport;
import io.reverie.jobs.measure.VideoComparison;
import io.reverie.jobs.spec.TimeRule;
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
    description = "Measure the flicker and the strength of a dream, also of another program's.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "frames    pairs of a frame of the dream and one of the source, by their times",
      "flicker   what the dream moves beside its source's motion, colours 0..1 (0: not at all)",
      "strength  mean change in grey levels; young: where uncovered within 5 frames; old: after 20"
    })
final class MeasureCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The video that was dreamed.")
  private Path source;

  @Parameters(index = "1", paramLabel = "DREAMED", description = "What came out.")
  private Path dreamed;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "Where in the source the dream begins, if not at its begin.")
  private Optional<String> start = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    double from = start.map(TimeRule::new).flatMap(MeasureCommand::seconds).orElse(0.0);
    VideoComparison.Compared compared =
        new VideoComparison(video(source), video(dreamed), from).run();
    if (compared.measures().frames().isEmpty()) {
      throw UserException.environment(
          "%s has no frame at the times of %s; say with --start where it begins"
              .formatted(source, dreamed));
    }
    MeasuresReport report = new MeasuresReport(compared.measures(), compared.unpaired());
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
      throw UserException.environment("there is no file %s; check the path".formatted(file));
    }
    return new VideoFile(MediaSource.of(file));
  }
}
