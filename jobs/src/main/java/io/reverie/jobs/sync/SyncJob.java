package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.results.ResultsFolder;
import io.reverie.jobs.run.CombinedForecast;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Dreams what is new or changed below a prefix: takes the lock, plans, dreamers in batches,
 * reports.
 *
 * @param dreamers for each kind of input
 * @param locks takes the lock, given a folder below the results
 * @param listener receives each outcome as its item ends
 */
public record SyncJob(
    JavaSparkContext spark,
    ResolvedSpec resolved,
    Map<InputKind, ItemDreamer> dreamers,
    Function<Location, SyncLock> locks,
    Consumer<Outcome> listener) {

  /** Number of quarantined items whose reason a report gives. */
  private static final int MAX_REASONS = 50;

  private static final int MIN_IMAGES = 64;
  private static final int IMAGES_PER_SLOT = 16;
  private static final int MIN_VIDEOS = 4;

  public SyncReport run(SyncRequest request) {
    return run(request, RunListener.none());
  }

  /**
   * Runs the job.
   *
   * @param run receives the forecast of a dry run
   */
  public SyncReport run(SyncRequest request, RunListener run) {
    try {
      SyncFolders folders = SyncFolders.of(request.in(), request.out());
      Ledger ledger = new Ledger(folders.out());
      Storage.of(folders.out()).requireInside(folders.out(), ledger.lease());
      if (request.dryRun()) {
        return dryRun(request, folders, run);
      }
      try (SyncLock lock = locks.apply(ledger.lease())) {
        if (!lock.isHeld()) {
          return SyncReport.busy(request, resolved.id(), lock.holder());
        }
        SyncReport report =
            new SyncReportPage(spark, resolved, request, folders)
                .during(page -> run(request, folders, lock, page));
        if (lock.isHeld()) {
          Location manifest = ledger.manifest();
          Storage.of(manifest)
              .write(manifest, (report.json() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return report;
      }
    } catch (IOException | UncheckedIOException e) {
      throw UserException.environment(Failure.sentence(e).orElseThrow(), e);
    }
  }

  private StatusRules rules(SyncRequest request, SyncFolders folders) {
    return new StatusRules(
        folders.out(),
        resolved.id(),
        resolved.spec().sync(),
        request.selection(),
        System.currentTimeMillis(),
        request.retry());
  }

  private SyncReport dryRun(SyncRequest request, SyncFolders folders, RunListener run)
      throws IOException {
    long start = System.nanoTime();
    try (SyncPlan plan = SyncPlan.of(spark, folders, rules(request, folders))) {
      List<SyncItem> due = new ArrayList<>();
      Iterator<SyncItem> each = plan.due();
      long limit = Math.min(request.limit(), Tally.MAX_OUTCOMES);
      while (due.size() < limit && each.hasNext()) {
        due.add(each.next());
      }
      plan.suspects().stream().limit(limit - due.size()).forEach(due::add);
      forecast(due, run);
      List<Outcome> items = due.stream().map(item -> Journal.planned(item, "")).toList();
      Journal journal = new Journal(new Ledger(folders.out()), resolved.id());
      return report(
          request,
          plan,
          new Tally((item, outcome) -> listener.accept(outcome)),
          items,
          journal,
          start,
          "");
    }
  }

  /** The kinds follow one another, as batches of both take turns. */
  private void forecast(List<SyncItem> due, RunListener run) throws IOException {
    CombinedForecast sum = new CombinedForecast(run, (one, other) -> one.then(other));
    for (InputKind kind : InputKind.values()) {
      List<SyncItem> some =
          due.stream().filter(item -> item.kind() == kind && item.refusal().isEmpty()).toList();
      ItemDreamer dreamer = dreamers.get(kind);
      if (!some.isEmpty() && dreamer != null) {
        dreamer.forecast(some, sum);
      }
    }
    sum.tell();
  }

  private SyncReport run(
      SyncRequest request, SyncFolders folders, SyncLock lock, SyncReportPage.Page page)
      throws IOException {
    long start = System.nanoTime();
    Journal journal = new Journal(new Ledger(folders.out()), resolved.id());
    try (ResultsFolder table = new ResultsFolder(spark, journal.ledger().table())) {
      Tally tally =
          new Tally(
              (item, outcome) -> {
                listener.accept(outcome);
                page.ended(outcome);
                table.add(outcome, item.input().version(), resolved.id());
              });
      RunLimits limits = new RunLimits(lock, tally, request, start);
      return run(request, folders, new Recorded(journal, tally, table), limits, page, start);
    }
  }

  /** Where the outcomes of a run go. */
  private record Recorded(Journal journal, Tally tally, ResultsFolder table) {}

  private SyncReport run(
      SyncRequest request,
      SyncFolders folders,
      Recorded to,
      RunLimits limits,
      SyncReportPage.Page page,
      long start)
      throws IOException {
    Journal journal = to.journal();
    Tally tally = to.tally();
    try (SyncPlan plan = SyncPlan.of(spark, folders, rules(request, folders));
        BatchRunner batches = new BatchRunner(dreamers, journal, tally, limits, to.table())) {
      page.planned(plan, journal);
      long taken = dreamDue(plan.due(), batches, request.limit(), journal, tally);
      dreamSuspects(plan.suspects(), batches, request.limit() - taken);
      long left = plan.count(ItemState.DUE) - tally.dreamed() - tally.failed();
      String stopped = left > 0 ? batches.stopped().orElse("") : "";
      return report(request, plan, tally, tally.outcomes(), journal, start, stopped);
    }
  }

  private long dreamDue(
      Iterator<SyncItem> due, BatchRunner batches, long limit, Journal journal, Tally tally)
      throws IOException {
    Map<InputKind, List<SyncItem>> gathered = new EnumMap<>(InputKind.class);
    long taken = 0;
    while (taken < limit && batches.stopped().isEmpty() && due.hasNext()) {
      SyncItem item = due.next();
      taken++;
      if (!item.refusal().isEmpty()) {
        Outcome refused = Journal.failed(item, item.refusal());
        journal.end(item, refused);
        tally.add(item, refused);
        continue;
      }
      List<SyncItem> batch = gathered.computeIfAbsent(item.kind(), kind -> new ArrayList<>());
      batch.add(item);
      if (batch.size() == size(item.kind())) {
        batches.submit(batch);
        gathered.remove(item.kind());
      }
    }
    gathered.values().forEach(batches::submit);
    batches.await();
    return taken;
  }

  private int size(InputKind kind) {
    int slots = spark.defaultParallelism();
    return kind == InputKind.IMAGE
        ? Math.max(MIN_IMAGES, IMAGES_PER_SLOT * slots)
        : Math.max(MIN_VIDEOS, slots);
  }

  /** Dreams suspects one at a time, so that one that crashes its machine affects no other item. */
  private static void dreamSuspects(List<SyncItem> suspects, BatchRunner batches, long limit) {
    Iterator<SyncItem> next = suspects.stream().limit(limit).iterator();
    while (next.hasNext() && batches.stopped().isEmpty()) {
      batches.submit(List.of(next.next()));
      batches.await();
    }
  }

  private SyncReport report(
      SyncRequest request,
      SyncPlan plan,
      Tally tally,
      List<Outcome> items,
      Journal journal,
      long start,
      String stopped)
      throws IOException {
    List<Outcome> quarantine = new ArrayList<>();
    for (SyncItem item : plan.quarantined(MAX_REASONS)) {
      quarantine.add(Journal.failed(item, journal.reason(item)));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return SyncReport.of(request, resolved.id(), plan, tally, items, quarantine, seconds, stopped);
  }
}
