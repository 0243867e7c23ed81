package io.reverie.jobs.cli;

import io.reverie.jobs.forecast.Forecast;
import io.reverie.jobs.forecast.ForecastText;
import io.reverie.jobs.forecast.Prices;
import io.reverie.jobs.listing.SkippedKinds;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.ReportJson;
import io.reverie.jobs.sync.SyncReport;
import io.reverie.jobs.sync.SyncReport.Counts;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Prints the progress and the result of a sync.
 *
 * @param json whether to print one JSON object on stdout and everything else on stderr
 * @param failing whether quarantined inputs are a failure
 */
record SyncSummary(PrintWriter out, PrintWriter err, boolean json, boolean quiet, boolean failing) {

  /** Prints an item that ended, or would be dreamed. */
  void print(Outcome outcome) {
    if (outcome.status() == Status.FAILED) {
      RunReport.printFailure(namePrefix(outcome), outcome, err);
      return;
    }
    if (!quiet) {
      PrintWriter to = json ? err : out;
      to.println(
          outcome.status() == Status.PLANNED
              ? outcome.input() + " -> " + outcome.output()
              : outcome.output());
      to.flush();
      outcome.warnings().forEach(w -> err.printf("%s: %s%n", outcome.output(), w));
    }
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
      err.printf(
          "reverie: another sync is writing to %s: %s; nothing was done%n",
          report.out(), report.holder());
    } else {
      end(report);
    }
    if (!quiet) {
      forecast
          .map(known -> new ForecastText(known, prices).lines())
          .ifPresent(lines -> lines.forEach((json ? err : out)::println));
    }
    if (json) {
      out.println(ReportJson.of(report, forecast));
    }
    out.flush();
    err.flush();
    return code(report);
  }

  private void end(SyncReport report) {
    Counts counts = report.counts();
    if (!quiet) {
      report.items().stream().filter(o -> o.status() == Status.PLANNED).forEach(this::print);
      for (Outcome outcome : report.quarantine()) {
        err.printf(
            "quarantined (use --retry to try again): %s%s%n",
            namePrefix(outcome), outcome.message());
      }
      if (report.gone().orphans() > 0) {
        report.gone().deleted().forEach(result -> err.printf("without input: %s%n", result));
        err.printf("%d results without input%n", report.gone().orphans());
      }
      SkippedKinds.sentence(report.skipped()).ifPresent(s -> err.println("reverie: " + s));
      (json ? err : out)
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
    }
    report.notices().forEach(notice -> err.println("reverie: " + notice));
    if (!report.stopped().isEmpty()) {
      err.println("reverie: " + report.stopped());
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
