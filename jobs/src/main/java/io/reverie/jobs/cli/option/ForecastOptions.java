package io.reverie.jobs.cli.option;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.forecast.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** Options for the forecast of a dry run. */
public final class ForecastOptions {

  @Option(
      names = "--executors",
      paramLabel = "N",
      split = ",",
      description =
          "With --dry-run: also forecast for N Spark executors; comma-separated for several (default: none).")
  private List<Integer> executors = new ArrayList<>();

  @Option(
      names = "--deadline",
      paramLabel = "H",
      description =
          "With --dry-run: print how many executors finish within H hours, and forecasts for 1, 2,"
              + " 4 ... of them (default: none).")
  private double deadline = Double.NaN;

  @Option(
      names = "--price-core-hour",
      paramLabel = "PRICE",
      description =
          "With --dry-run: the price of one core for one hour, in your currency (default: none).")
  private double coreHour = Double.NaN;

  @Option(
      names = "--price-requests",
      paramLabel = "PRICE",
      description =
          "With --dry-run: the price of 1000 requests to S3, in the same currency (default: none).")
  private double requests = Double.NaN;

  public List<Integer> executors() {
    return executors;
  }

  /** Hours within which the job should end. */
  public OptionalDouble deadline() {
    return number(deadline);
  }

  public Prices prices() {
    return new Prices(number(coreHour), number(requests));
  }

  private static OptionalDouble number(double given) {
    return Double.isNaN(given) ? OptionalDouble.empty() : OptionalDouble.of(given);
  }

  /**
   * Refuses values that mean nothing.
   *
   * @throws UserException for them, and for options without a dry run
   */
  public void check(boolean dryRun) {
    for (int count : executors) {
      if (count < 1) {
        throw UserException.usage("--executors must be 1 or more, not " + count);
      }
    }
    if (deadline <= 0 || Double.isInfinite(deadline)) {
      throw UserException.usage("--deadline must be above 0, not " + deadline);
    }
    require("--price-core-hour", coreHour);
    require("--price-requests", requests);
    if (!dryRun && !(executors.isEmpty() && prices().isUnknown() && deadline().isEmpty())) {
      throw UserException.usage(
          "%s asks for a forecast; add --dry-run, or remove it"
              .formatted(
                  !executors.isEmpty()
                      ? "--executors"
                      : deadline().isPresent()
                          ? "--deadline"
                          : Double.isNaN(coreHour) ? "--price-requests" : "--price-core-hour"));
    }
  }

  private static void require(String option, double price) {
    if (price < 0 || Double.isInfinite(price)) {
      throw UserException.usage("%s must be 0 or more, not %s".formatted(option, price));
    }
  }
}
