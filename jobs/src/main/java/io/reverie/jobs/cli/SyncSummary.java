package io.reverie.jobs.cli;

import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.storage.SkippedKinds;
import io.reverie.jobs.sync.SyncReport;
import java.io.PrintWriter;

/**
 * What a sync says, as it goes on and at its end.
 *
 * @param json whether the end is one JSON object, and nothing else is on stdout
 */
record SyncSummary(PrintWriter out, PrintWriter err, boolean json, boolean quiet) {

  /** Of an item that ended, or would be dreamed. */
  void say(Outcome outcome) {
    if (outcome.status() == Status.FAILED) {
      RunReport.fail(about(outcome), outcome, err);
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

  private static String about(Outcome outcome) {
    return outcome.message().contains(outcome.input()) ? "" : outcome.input() + ": ";
  }

  /**
   * At the end.
   *
   * @return the exit code
   */
  int print(SyncReport report) {
    if (!report.holder().isEmpty()) {
      err.printf(
          "reverie: another sync works on %s: %s; nothing was done%n",
          report.out(), report.holder());
    } else {
      end(report);
    }
    if (json) {
      out.println(report.json());
    }
    out.flush();
    err.flush();
    return code(report);
  }

  private void end(SyncReport report) {
    if (!quiet) {
      report.items().stream().filter(o -> o.status() == Status.PLANNED).forEach(this::say);
      for (Outcome outcome : report.quarantine()) {
        err.printf("set aside, --retry tries it again: %s%s%n", about(outcome), outcome.message());
      }
      SkippedKinds.sentence(report.skipped()).ifPresent(s -> err.println("reverie: " + s));
      (json ? err : out)
          .printf(
              "%d found: %d done before, %d dreamed, %d failed, %d set aside, %d too young, %d left, %d excluded; %.1f s%n",
              report.found(),
              report.done(),
              report.dreamed(),
              report.failed(),
              report.quarantined(),
              report.young(),
              report.left(),
              report.excluded(),
              report.seconds());
    }
    if (!report.stopped().isEmpty()) {
      err.println("reverie: " + report.stopped());
    }
  }

  private static int code(SyncReport report) {
    if (report.isLeaseLost()) {
      return Reverie.ENVIRONMENT;
    }
    return report.failed() > 0 ? Reverie.SOME_FAILED : Reverie.DONE;
  }
}
