package io.reverie.jobs.cli.option;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.BatchSize;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.RunOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that do not change the pixels. */
public final class ExecutionOptions {

  @Option(
      names = "--dry-run",
      description =
          "Print what would be done, and forecast time, memory, disk and cost; change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print a report as one JSON object on stdout.")
  private boolean json;

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto (a GPU if Spark offers one), cpu or gpu (default: ${DEFAULT-VALUE}).",
      defaultValue = "auto")
  private Device device = Device.AUTO;

  @Option(
      names = "--batch",
      paramLabel = "auto|N",
      description =
          "Number of dreams that a device may compute in one batch (default: ${DEFAULT-VALUE}: by the memory of a GPU; 1 on a CPU).",
      defaultValue = "auto")
  private String batch = "auto";

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "Work folder, shared by all machines (default: next to the output).")
  private String work = "";

  @Option(names = "--keep-work", description = "Keep the work folder after the output is complete.")
  private boolean keepWork;

  @Option(
      names = "--checkpoint",
      paramLabel = "SECONDS",
      description =
          "Checkpoint interval in seconds, rounded up to whole chunks (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private double checkpoint;

  @Mixin private ForecastOptions forecast;

  public RunOptions toRunOptions(boolean overwrite) {
    forecast.check(dryRun);
    if (!(checkpoint >= 0 && checkpoint < Double.POSITIVE_INFINITY)) {
      throw UserException.usage(
          "--checkpoint must be a number of seconds, 0 or more, not %s".formatted(checkpoint));
    }
    return new RunOptions(overwrite, dryRun, quiet, keepWork, work, device, checkpoint)
        .with(BatchSize.of(batch));
  }

  public boolean json() {
    return json;
  }

  public ForecastOptions forecast() {
    return forecast;
  }
}
