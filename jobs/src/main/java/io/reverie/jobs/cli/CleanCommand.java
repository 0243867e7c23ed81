package io.reverie.jobs.cli;

import io.reverie.core.text.Count;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.output.Cleanup;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.ReportJson;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "clean",
    description = "Remove leftovers of interrupted runs, and kept dreams, below an output folder.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Rerunning a job whose leftovers or kept dream were removed starts from scratch.",
      "",
      "Examples:",
      "  reverie clean out/",
      "  reverie clean --older-than 2 s3a://bucket/dreams"
    })
final class CleanCommand extends SparkCommand {

  @Parameters(paramLabel = "FOLDER", description = "Output folder of the interrupted runs.")
  private String folder = "";

  @Option(
      names = "--older-than",
      paramLabel = "HOURS",
      description = "Keep leftovers newer than this many hours (default: ${DEFAULT-VALUE}).",
      defaultValue = "24")
  private double hours;

  @Option(names = "--dry-run", description = "Print what would be removed; change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (!(hours >= 0)) {
      throw UserException.usage("--older-than must be 0 or more hours, not " + hours);
    }
    Instant before = Instant.now().minus(Duration.ofMillis(Math.round(hours * 3.6e6)));
    return job().start(Device.CPU, spark -> clean(before));
  }

  private int clean(Instant before) {
    try {
      Cleanup.Removed removed = new Cleanup(Location.of(folder), before).run(dryRun);
      print(removed);
      removed.unread().forEach(console()::error);
      return removed.unread().isEmpty() ? Reverie.DONE : Reverie.SOME_FAILED;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(Cleanup.Removed removed) {
    if (json) {
      out().println(ReportJson.of(removed));
    } else {
      for (int i = 0; i < removed.removed().size(); i++) {
        out()
            .printf(
                "%s  %.1f MB%n", removed.removed().get(i), (double) removed.sizes().get(i) / 1e6);
      }
      out()
          .printf(
              "%s %s, %.1f MB; aborted %s%n",
              dryRun ? "would remove" : "removed",
              Count.of(removed.removed().size(), "leftover"),
              (double) removed.bytes() / 1e6,
              Count.of(removed.uploads(), "upload"));
    }
    out().flush();
  }
}
