package io.reverie.jobs.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.core.text.Count;
import io.reverie.jobs.forecast.Forecast;
import io.reverie.jobs.forecast.Prices;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * The report at the end of a job.
 *
 * @param id of the resolved spec
 * @param items one per input
 * @param forecast of a dry run
 */
record RunReport(
    int version,
    String command,
    String id,
    List<Outcome> items,
    @JsonIgnore Optional<Forecast> forecast) {

  private static final int VERSION = 1;

  RunReport(String command, String id, List<Outcome> items, Optional<Forecast> forecast) {
    this(VERSION, command, id, items.stream().map(item -> shown(item, id)).toList(), forecast);
  }

  RunReport(String command, String id, List<Outcome> items) {
    this(command, id, items, Optional.empty());
  }

  /** Names settings only if they are not those of the whole run. */
  private static Outcome shown(Outcome item, String id) {
    return item.withoutSecrets().withId(item.id().equals(id) ? "" : item.id());
  }

  /** The exit code. */
  int code() {
    if (items.stream().anyMatch(Outcome::isBug)) {
      return Reverie.BUG;
    }
    boolean failed = items.stream().anyMatch(o -> o.status() == Status.FAILED);
    if (!failed) {
      return items.stream().anyMatch(Outcome::isOutdated) ? Reverie.SOME_FAILED : Reverie.DONE;
    }
    return items.size() == 1 ? Reverie.ENVIRONMENT : Reverie.SOME_FAILED;
  }

  void print(Console console, Prices prices) {
    for (Outcome item : items) {
      if (item.status() == Status.FAILED) {
        printFailure(namePrefix(item), item, console);
      } else {
        printItem(item, console.results(), console.remarks());
      }
    }
    console.end(this, forecast, prices);
  }

  /** Prints one line, or a stack trace for a bug. */
  static void printFailure(String namePrefix, Outcome item, Console console) {
    String text = namePrefix + item.message();
    if (item.isBug()) {
      console.bug(text);
    } else {
      console.error(text);
    }
  }

  private static String namePrefix(Outcome item) {
    // Noise has no name of its own.
    String name = item.input().equals(SourceInfo.NOISE) ? item.output() : item.input();
    return item.message().contains(name) ? "" : name + ": ";
  }

  private static void printItem(Outcome item, PrintWriter results, PrintWriter remarks) {
    switch (item.status()) {
      case KEPT ->
          remarks.printf(
              "%s %s and was kept; --overwrite replaces it%n",
              item.output(),
              item.isOutdated()
                  ? "was made with other settings (%s)".formatted(item.message())
                  : "already exists");
      case PLANNED ->
          results.printf(
              "%s -> %s: %s%s%n",
              item.input(),
              item.output(),
              Count.of(item.frames(), "frame"),
              item.message().isEmpty() ? "" : ", " + item.message());
      default -> results.println(item.output());
    }
    item.warnings().forEach(w -> remarks.printf("%s: %s%n", item.output(), w));
  }
}
