package io.reverie.jobs.sync;

import io.reverie.jobs.results.ResultsFolder;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.ReportRequest;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.spec.SyncSpec.LeaseMode;
import io.reverie.jobs.storage.StorageErrorMessages;
import io.reverie.jobs.sync.SyncReport.Gone;
import io.reverie.jobs.sync.input.Selection;
import io.reverie.jobs.sync.lock.NoLock;
import io.reverie.jobs.sync.lock.SyncLock;
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
    requireDeletable();
    EarlierRuns earlier = EarlierRuns.read(journal.ledger());
    try (SyncPlan plan = plan(earlier, System.currentTimeMillis())) {
      List<SyncItem> due = due(plan, Math.min(request.limit(), Tally.MAX_OUTCOMES));
      new SyncForecast(job.dreamers()).tell(due, listener);
      List<Outcome> items = due.stream().map(item -> Journal.planned(item, "")).toList();
      Orphans orphans = new Orphans(folders, plan);
      Gone gone =
          request.scope().delete() && orphans.areCertain()
              ? new Gone(plan.count(ItemState.ORPHAN), orphans.names(Tally.MAX_OUTCOMES))
              : Gone.NONE;
      return report(plan, new Tally((item, outcome) -> {}), items, gone, "");
    }
  }

  private void requireDeletable() throws IOException {
    if (request.scope().delete()) {
      SyncedInputs.read(journal.ledger()).requireOnly(folders);
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
      return dream(lock, new RunLimits(lock, tally, request, start), tally, table, page);
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
      SyncLock lock, RunLimits limits, Tally tally, ResultsFolder table, SyncReportPage.Page page)
      throws IOException {
    requireDeletable();
    EarlierRuns earlier = EarlierRuns.read(journal.ledger());
    long now = System.currentTimeMillis();
    try (SyncPlan plan = plan(earlier, now);
        BatchRunner batches =
            new BatchRunner(job.spark().sc(), job.dreamers(), journal, tally, limits, table)) {
      long checked = seesAllResults(earlier, now) ? now : 0;
      Packing packing = new Packing(earlier, lock, Packing.MINIMUM);
      packing.pack(plan, plan.count(ItemState.DUE) == 0 ? checked : 0);
      Gone gone = delete(plan, lock);
      page.planned(plan, journal);
      if (plan.count(ItemState.DUE) > 0) {
        SyncedInputs.read(journal.ledger()).add(folders.in());
      }
      new DueItems(batches, journal, tally, job.spark()::defaultParallelism)
          .dream(plan, request.limit());
      long left = SyncReport.Counts.of(plan, tally).left();
      packing.finish(left == 0 ? checked : 0);
      String stopped = left > 0 ? batches.stopped().orElse("") : "";
      return report(plan, tally, tally.outcomes(), gone, stopped);
    }
  }

  private boolean isTrusting(EarlierRuns earlier, long now) {
    SyncScope scope = request.scope();
    return !scope.check() && !scope.delete() && earlier.areTrusted(now);
  }

  /** Whether no missing result escapes this run: all are listed, and so are all inputs. */
  private boolean seesAllResults(EarlierRuns earlier, long now) {
    return !isTrusting(earlier, now)
        && request.scope().names().isEmpty()
        && request.selection().equals(Selection.ALL);
  }

  private SyncPlan plan(EarlierRuns earlier, long now) {
    StatusRules rules =
        new StatusRules(
            folders.out(),
            job.resolved().id(),
            job.resolved().spec().sync(),
            request.selection(),
            now,
            request.retry(),
            isTrusting(earlier, now));
    boolean lists = request.dryRun() || !request.report().equals(ReportRequest.NONE);
    return SyncPlan.of(
        job.spark(), new SyncPlan.Sources(folders, rules, earlier, lists, request.scope().names()));
  }

  private Gone delete(SyncPlan plan, SyncLock lock) throws IOException {
    Orphans orphans = new Orphans(folders, plan);
    if (!request.scope().delete() || !orphans.areCertain()) {
      return Gone.NONE;
    }
    List<String> some = orphans.names(Tally.MAX_OUTCOMES);
    return new Gone(orphans.delete(journal, lock), some);
  }

  private SyncReport report(
      SyncPlan plan, Tally tally, List<Outcome> items, Gone gone, String stopped)
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
        gone,
        notices(plan),
        (System.nanoTime() - start) / 1e9,
        stopped);
  }

  private List<String> notices(SyncPlan plan) {
    List<String> notices = new ArrayList<>();
    if (job.resolved().spec().sync().lease() == LeaseMode.NONE) {
      notices.add(NoLock.NOTICE);
    }
    if (request.scope().delete()) {
      new Orphans(folders, plan).notice().ifPresent(notices::add);
    }
    return notices;
  }
}
