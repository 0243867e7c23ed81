package io.reverie.jobs.sync;

import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.ReportedRun;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The report of a sync: the newest results, the failures, and the waiting inputs. */
record SyncReportPage(
    JavaSparkContext spark, ResolvedSpec resolved, SyncRequest request, SyncFolders folders) {

  /** Inputs of each state that a page names; the others are counted. */
  private static final int MAX_NAMED = 50;

  interface Run {
    SyncReport run(Page page) throws IOException;
  }

  /** Runs a sync and, if the user wants one, writes its page while it works. */
  SyncReport during(Run run) throws IOException {
    RunOptions options =
        new RunOptions(true, request.dryRun(), true, false, "", Device.AUTO, 0)
            .with(request.report());
    List<SyncReport> made = new ArrayList<>();
    new ReportedRun(spark, "sync", resolved, options, folders.out())
        .duringPrefix(
            report -> {
              Page page = new Page(report);
              SyncReport result = run.run(page);
              page.finish(result);
              made.add(result);
              return result.items();
            });
    return made.get(0);
  }

  /** Collects a sync's outcomes for its page. */
  static final class Page {

    private final LiveReport report;
    private final Deque<WorkItem> dreamed = new ArrayDeque<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    Page(LiveReport report) {
      this.report = report;
    }

    /** Tells what there is to do, and shows the newest results of earlier runs. */
    void planned(SyncPlan plan, Journal journal) throws IOException {
      if (!report.isWanted()) {
        return;
      }
      counts.put("found", plan.found());
      counts.put("up to date", plan.count(ItemState.DONE));
      counts.put("to dream", plan.count(ItemState.DUE));
      counts.put("too new", plan.count(ItemState.YOUNG));
      counts.put("quarantined", plan.count(ItemState.QUARANTINED));
      report.counts(counts, plan.count(ItemState.DUE));
      for (SyncItem item : plan.quarantined(MAX_NAMED)) {
        report.waiting(
            item.input().location().text(),
            "quarantined",
            journal.reason(item) + "; --retry tries again");
      }
      for (SyncItem item : plan.some(ItemState.YOUNG, MAX_NAMED)) {
        report.waiting(
            item.input().location().text(),
            "too new",
            "changed recently, so it may still be uploading");
      }
      report.show(
          plan.newest(ItemState.DONE, LiveReport.MAX_PICTURES).stream()
              .map(item -> new WorkItem(item.input().location().text(), item.output()))
              .toList());
    }

    /** Takes the outcome of an item; one at a time. */
    void ended(Outcome outcome) {
      report.ended(outcome);
      if (report.isWanted() && outcome.status() == Status.DREAMED) {
        dreamed.addLast(new WorkItem(outcome.input(), Location.of(outcome.output())));
        if (dreamed.size() > LiveReport.MAX_PICTURES) {
          dreamed.removeFirst();
        }
      }
    }

    void finish(SyncReport result) {
      if (!report.isWanted()) {
        return;
      }
      report.show(new ArrayList<>(dreamed));
      SyncReport.Counts inputs = result.counts();
      counts.clear();
      counts.put("found", inputs.found());
      counts.put("up to date", inputs.done());
      counts.put("dreamed", inputs.dreamed());
      counts.put("failed", inputs.failed());
      counts.put("too new", inputs.young());
      counts.put("quarantined", inputs.quarantined());
      counts.put("left", inputs.left());
      report.counts(counts, 0);
      if (inputs.left() > 0) {
        report.waiting(
            result.in(),
            "left",
            "%,d inputs were not started: %s".formatted(inputs.left(), why(result)));
      }
    }

    private static String why(SyncReport result) {
      return result.stopped().isEmpty() ? "the limit was reached" : result.stopped();
    }
  }
}
