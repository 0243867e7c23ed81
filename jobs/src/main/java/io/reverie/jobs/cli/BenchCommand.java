package io.reverie.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.jobs.bench.BenchJob;
import io.reverie.jobs.bench.BenchReport;
import io.reverie.jobs.bench.BenchRequest;
import io.reverie.jobs.bench.BenchTables;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.spec.rule.InbetweenRule;
import io.reverie.jobs.spec.rule.SizeRule;
import io.reverie.jobs.storage.untrusted.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    description = "Measure how fast this machine dreams, on one thread.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "ms/step         median time of a gradient step with default settings",
      "share of limit  share of that time that the convolutions alone would take",
      "vs torch        time relative to python3-torch in float32",
      "vs baseline     time relative to the earlier report",
      "",
      "Run it on an idle machine.",
      "",
      "Examples:",
      "  reverie bench",
      "  reverie bench --precision float32,bfloat16 --json > before.json",
      "  reverie bench --network squeezenet1_0 --torch --baseline before.json",
      "  reverie bench --clip sample-data/clip.mp4 --inbetween 1,auto"
    })
final class BenchCommand extends SparkCommand {

  @Option(
      names = "--network",
      split = ",",
      paramLabel = "NAME",
      description = "Networks to measure (default: embedded).")
  private List<String> networks = new ArrayList<>(List.of("embedded"));

  @Option(
      names = "--weights",
      paramLabel = "FILE-OR-URI",
      description = "Weights to use (default: the network's own).")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--size",
      split = ",",
      paramLabel = "WxH",
      description = "Sizes to measure (default: 320x180,640x360).")
  private List<String> sizes = new ArrayList<>(List.of("320x180", "640x360"));

  @Option(
      names = "--precision",
      split = ",",
      paramLabel = "FORMAT",
      description = "Number formats to measure: auto, float32, tf32, bfloat16 (default: auto).")
  private List<Precision> precisions = new ArrayList<>(List.of(Precision.AUTO));

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Repetitions of each measurement (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int rounds;

  @Option(
      names = "--clip",
      paramLabel = "VIDEO",
      description =
          "Also dream the beginning of this video with each network, size and precision (default: none).")
  private Optional<String> clip = Optional.empty();

  @Option(
      names = "--inbetween",
      split = ",",
      paramLabel = "N",
      description = "With --clip: frames from one dreamed frame to the next (default: auto).")
  private List<String> inbetweens = new ArrayList<>(List.of("auto"));

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Seconds of the video to dream (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  private double seconds;

  @Option(
      names = "--torch",
      description =
          "Also measure torchvision's networks in python3-torch, which must be installed.")
  private boolean torch;

  @Option(
      names = "--baseline",
      paramLabel = "FILE.json",
      description = "Compare with an earlier report (default: none).")
  private Optional<Path> baseline = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto (a GPU if Spark offers one), cpu or gpu (default: ${DEFAULT-VALUE}).",
      defaultValue = "auto")
  private Device device;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    BenchRequest request = request();
    Optional<JsonNode> before = baseline.map(BenchCommand::read);
    return job()
        .start(
            device,
            spark -> {
              BenchJob bench =
                  new BenchJob(
                      spark,
                      device,
                      JobRun.resolver(spark, device, console()),
                      each -> console().notice("measuring " + each));
              print(bench.run(request), before);
              return Reverie.DONE;
            });
  }

  private BenchRequest request() {
    if (rounds < 1) {
      throw UserException.usage("--rounds must be at least 1, not " + rounds);
    }
    if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw UserException.usage("--seconds must be above 0, not " + seconds);
    }
    if (weights.isPresent() && networks.size() > 1) {
      throw UserException.usage("--weights belongs to one network; name one with --network");
    }
    List<Size> all = sizes.stream().map(BenchCommand::size).toList();
    List<InbetweenRule> every = inbetweens.stream().map(InbetweenRule::new).toList();
    return new BenchRequest(
        networks, weights, all, precisions, rounds, clip, every, seconds, torch);
  }

  private static Size size(String text) {
    return new SizeRule(text)
        .fixed()
        .orElseThrow(
            () ->
                UserException.usage(
                    "--size %s: give width and height, such as 320x180".formatted(text)));
  }

  private static JsonNode read(Path file) {
    try {
      JsonNode report = StoredJson.MAPPER.readTree(Files.readString(file));
      if (!report.path("steps").isArray()) {
        throw UserException.environment(
            "%s is not a report of `reverie bench --json`; name one".formatted(file));
      }
      return report;
    } catch (JsonProcessingException e) {
      throw UserException.environment(
          "%s is not a report of `reverie bench --json`; name one".formatted(file));
    } catch (IOException e) {
      throw UserException.environment("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void print(BenchReport report, Optional<JsonNode> before) {
    if (json) {
      report.json().toPrettyString().lines().forEach(out()::println);
    } else {
      new BenchTables(report, before).lines().forEach(out()::println);
    }
    out().flush();
  }
}
