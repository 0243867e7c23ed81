package io.reverie.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.output.Cleanup;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "clean",
    description = "Remove what runs that never ended have left below a folder of results.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A run that would go on from it begins anew. Examples:",
      "  reverie clean out/",
      "  reverie clean --older-than 2 s3a://bucket/dreams"
    })
final class CleanCommand implements Callable<Integer> {

  private final List<String> sparkWords;

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "FOLDER", description = "Where results were written to.")
  private String folder = "";

  @Option(
      names = "--older-than",
      paramLabel = "HOURS",
      description = "Only what nobody has touched for so long (${DEFAULT-VALUE}).",
      defaultValue = "24")
  private double hours;

  @Option(names = "--dry-run", description = "Print what would be removed, and remove nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  CleanCommand(List<String> sparkWords) {
    this.sparkWords = sparkWords;
  }

  @Override
  public Integer call() throws IOException {
    if (!(hours >= 0)) {
      throw UserException.usage("--older-than must be 0 or more hours, not " + hours);
    }
    Instant before = Instant.now().minus(Duration.ofMillis(Math.round(hours * 3.6e6)));
    try (JavaSparkContext spark = SparkStarter.start(sparkWords, Device.CPU)) {
      Cleanup.Removed removed = new Cleanup(Location.of(folder), before).run(dryRun);
      print(removed, command.commandLine().getOut());
      removed.unread().forEach(s -> command.commandLine().getErr().println("reverie: " + s));
      return removed.unread().isEmpty() ? Reverie.DONE : Reverie.SOME_FAILED;
    }
  }

  private void print(Cleanup.Removed removed, PrintWriter out) throws JsonProcessingException {
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(removed));
    } else {
      removed.removed().forEach(out::println);
      out.printf(
          "%s %d leftovers, %.1f MB; ended %d uploads%n",
          dryRun ? "would remove" : "removed",
          removed.removed().size(),
          (double) removed.bytes() / 1e6,
          removed.uploads());
    }
    out.flush();
  }
}
