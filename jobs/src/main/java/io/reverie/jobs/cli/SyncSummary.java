package io.reverie.jobs.cli;

import io.reverie.core.text.Count;
import io.reverie.jobs.forecast.Forecast;
import io.reverie.jobs.forecast.Prices;
import io.reverie.jobs.listing.SkippedKinds;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.sync.SyncReport;
import io.reverie.jobs.sync.SyncReport.Counts;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Prints the progress and the result of a sync.
 *
 * @param failing whether quarantined inputs are a failure
 */
record SyncSummary(Console console, boolean failing) {

  /** Prints an item that ended, or would be dreamed. */
  void print(Outcome outcome) {
    if (outcome.status() == Status.FAILED) {
      RunReport.printFailure(namePrefix(outcome), outcome, console);
      return;
    }
    PrintWriter results = console.results();
    results.println(
        outcome.status() == Status.PLANNED
            ? outcome.input() + " -> " + outcome.output()
            : outcome.output());
    results.flush();
    outcome.warnings().forEach(w -> console.remarks().printf("%s: %s%n", outcome.output(), w));
  }

  private static String namePrefix(Outcome outcome) {
    return outcome.message().contains(outcome.input()) ? "" : outcome.input() + ": ";
  }

  /**
   * Prints the result.
   *
   * @param forecast of a dry run
   * @return the exit code
   */
  int print(SyncReport report, Optional<Forecast> forecast, Prices prices) {
    if (!report.holder().isEmpty()) {
      console.error(
          "another sync is writing to %s: %s; nothing was done"
              .formatted(report.out(), report.holder()));
    } else {
      end(report);
    }
    console.end(report, forecast, prices);
    return code(report);
  }

  private void end(SyncReport report) {
    Counts counts = report.counts();
    PrintWriter remarks = console.remarks();
    report.items().stream().filter(o -> o.status() == Status.PLANNED).forEach(this::print);
    for (Outcome outcome : report.quarantine()) {
      remarks.printf(
          "quarantined (use --retry to try again): %s%s%n", namePrefix(outcome), outcome.message());
    }
    if (report.gone().orphans() > 0) {
      report.gone().deleted().forEach(result -> remarks.printf("without input: %s%n", result));
      remarks.printf("%s without input%n", Count.of(report.gone().orphans(), "result"));
    }
    SkippedKinds.sentence(report.skipped()).ifPresent(console::notice);
    console
        .results()
        .printf(
            "%d found: %d up to date, %d dreamed, %d failed, %d quarantined, %d too new, %d left, %d excluded; %.1f s%n",
            counts.found(),
            counts.done(),
            counts.dreamed(),
            counts.failed(),
            counts.quarantined(),
            counts.young(),
            counts.left(),
            counts.excluded(),
            report.seconds());
    report.notices().forEach(console::notice);
    if (!report.stopped().isEmpty()) {
      console.error(report.stopped());
    }
  }

  private int code(SyncReport report) {
    if (report.isLeaseLost()) {
      return Reverie.ENVIRONMENT;
    }
    Counts counts = report.counts();
    boolean failed = counts.failed() > 0 || (failing && counts.quarantined() > 0);
    return failed ? Reverie.SOME_FAILED : Reverie.DONE;
  }
}
