package io.reverie.jobs.sync;

import io.reverie.jobs.results.ResultsFolder;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.spec.SyncSpec.LeaseMode;
import io.reverie.jobs.storage.StorageErrorMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run over a prefix: plans, then dreams what is due or only lists it, and reports.
 *
 * @param start {@link System#nanoTime} at the start of the run
 */
record SyncRun(SyncJob job, SyncRequest request, SyncFolders folders, Journal journal, long start) {

  private static final Logger LOG = LoggerFactory.getLogger(SyncRun.class);

  /** Number of quarantined items whose reason a report gives. */
  private static final int MAX_REASONS = 50;

  /** Starts now. */
  static SyncRun of(SyncJob job, SyncRequest request, SyncFolders folders) {
    Journal journal = new Journal(new Ledger(folders.out()), job.resolved().id());
    return new SyncRun(job, request, folders, journal, System.nanoTime());
  }

  /** Lists what is due and forecasts it. */
  SyncReport list(RunListener listener) throws IOException {
    try (SyncPlan plan = plan()) {
      List<SyncItem> due = due(plan, Math.min(request.limit(), Tally.MAX_OUTCOMES));
      new SyncForecast(job.dreamers()).tell(due, listener);
      List<Outcome> items = due.stream().map(item -> Journal.planned(item, "")).toList();
      return report(plan, new Tally((item, outcome) -> {}), items, "");
    }
  }

  private static List<SyncItem> due(SyncPlan plan, long limit) throws IOException {
    List<SyncItem> due = new ArrayList<>();
    Iterator<SyncItem> each = plan.due();
    while (due.size() < limit && each.hasNext()) {
      due.add(each.next());
    }
    plan.suspects().stream().limit(limit - due.size()).forEach(due::add);
    return due;
  }

  /** Dreams what is due, and adds its outcomes to the table of results. */
  SyncReport dream(SyncLock lock, SyncReportPage.Page page) throws IOException {
    ResultsFolder table = new ResultsFolder(job.spark(), journal.ledger().table());
    try {
      Tally tally =
          new Tally(
              (item, outcome) -> {
                job.listener().accept(outcome);
                page.ended(outcome);
                table.add(outcome, item.input().version(), job.resolved().id());
              });
      return dream(new RunLimits(lock, tally, request, start), tally, table, page);
    } finally {
      close(table);
    }
  }

  /** A table that cannot be written loses no result. */
  private static void close(ResultsFolder table) {
    try {
      table.close();
    } catch (IOException e) {
      LOG.warn("the table of results is incomplete: {}", StorageErrorMessages.of(e));
    }
  }

  private SyncReport dream(
      RunLimits limits, Tally tally, ResultsFolder table, SyncReportPage.Page page)
      throws IOException {
    try (SyncPlan plan = plan();
        BatchRunner batches = new BatchRunner(job.dreamers(), journal, tally, limits, table)) {
      page.planned(plan, journal);
      new DueItems(batches, journal, tally, job.spark().defaultParallelism())
          .dream(plan, request.limit());
      long left = plan.count(ItemState.DUE) - tally.dreamed() - tally.failed();
      String stopped = left > 0 ? batches.stopped().orElse("") : "";
      return report(plan, tally, tally.outcomes(), stopped);
    }
  }

  private SyncPlan plan() throws IOException {
    StatusRules rules =
        new StatusRules(
            folders.out(),
            job.resolved().id(),
            job.resolved().spec().sync(),
            request.selection(),
            System.currentTimeMillis(),
            request.retry());
    return SyncPlan.of(job.spark(), folders, rules);
  }

  private SyncReport report(SyncPlan plan, Tally tally, List<Outcome> items, String stopped)
      throws IOException {
    List<Outcome> quarantine = new ArrayList<>();
    for (SyncItem item : plan.quarantined(MAX_REASONS)) {
      quarantine.add(Journal.failed(item, journal.reason(item)));
    }
    return SyncReport.of(
        request,
        job.resolved().id(),
        plan,
        tally,
        items,
        quarantine,
        notices(),
        (System.nanoTime() - start) / 1e9,
        stopped);
  }

  private List<String> notices() {
    return job.resolved().spec().sync().lease() == LeaseMode.NONE
        ? List.of(NoLock.NOTICE)
        : List.of();
  }
}
