package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
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
 * Dreams what is new or changed below a prefix: take the turn, plan, dream in batches, report.
 *
 * @param dreams for each kind of input
 * @param turns takes the turn, by a folder below the results
 * @param listener hears of each item as it ends
 */
public record SyncJob(
    JavaSparkContext spark,
    ResolvedSpec recipe,
    Map<InputKind, ItemDreamer> dreams,
    Function<Location, SyncLock> turns,
    Consumer<Outcome> listener) {

  /** Reasons that are read for a report. */
  private static final int MOST_REASONS = 50;

  private static final int LEAST_IMAGES = 64;
  private static final int IMAGES_PER_SLOT = 16;
  private static final int LEAST_VIDEOS = 4;

  /** Runs the job. */
  public SyncReport run(SyncRequest request) {
    try {
      Prefixes prefixes = Prefixes.of(request.in(), request.out());
      Ledger ledger = new Ledger(prefixes.out());
      Storage.of(prefixes.out()).requireInside(prefixes.out(), ledger.lease());
      if (request.dryRun()) {
        return dryRun(request, prefixes);
      }
      try (SyncLock turn = turns.apply(ledger.lease())) {
        if (!turn.isHeld()) {
          return SyncReport.busy(request, recipe.id(), turn.holder());
        }
        SyncReport report = run(request, prefixes, turn);
        if (turn.isHeld()) {
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

  private StatusRules rules(SyncRequest request, Prefixes prefixes) {
    return new StatusRules(
        prefixes.out(),
        recipe.id(),
        recipe.spec().sync(),
        request.selection(),
        System.currentTimeMillis(),
        request.retry());
  }

  private SyncReport dryRun(SyncRequest request, Prefixes prefixes) throws IOException {
    long begun = System.nanoTime();
    try (SyncPlan plan = SyncPlan.of(spark, prefixes, rules(request, prefixes))) {
      List<Outcome> items = new ArrayList<>();
      Iterator<SyncItem> due = plan.due();
      long most = Math.min(request.limit(), Tally.MOST);
      while (items.size() < most && due.hasNext()) {
        items.add(Journal.planned(due.next(), ""));
      }
      plan.suspects().stream()
          .limit(most - items.size())
          .forEach(item -> items.add(Journal.planned(item, "")));
      Journal journal = new Journal(new Ledger(prefixes.out()), recipe.id());
      return report(request, plan, new Tally(listener), items, journal, begun, "");
    }
  }

  private SyncReport run(SyncRequest request, Prefixes prefixes, SyncLock turn) throws IOException {
    long begun = System.nanoTime();
    Journal journal = new Journal(new Ledger(prefixes.out()), recipe.id());
    Tally score = new Tally(listener);
    RunLimits limits = new RunLimits(turn, score, request, begun);
    try (SyncPlan plan = SyncPlan.of(spark, prefixes, rules(request, prefixes));
        Batches batches = new Batches(dreams, journal, score, limits)) {
      long taken = dreamDue(plan.due(), batches, request.limit(), journal, score);
      dreamSuspects(plan.suspects(), batches, request.limit() - taken);
      long left = plan.count(ItemState.DUE) - score.dreamed() - score.failed();
      String stopped = left > 0 ? batches.stopped().orElse("") : "";
      return report(request, plan, score, score.outcomes(), journal, begun, stopped);
    }
  }

  private long dreamDue(
      Iterator<SyncItem> due, Batches batches, long limit, Journal journal, Tally score)
      throws IOException {
    Map<InputKind, List<SyncItem>> gathered = new EnumMap<>(InputKind.class);
    long taken = 0;
    while (taken < limit && batches.stopped().isEmpty() && due.hasNext()) {
      SyncItem item = due.next();
      taken++;
      if (!item.refusal().isEmpty()) {
        Outcome refused = Journal.failed(item, item.refusal());
        journal.end(item, refused);
        score.add(refused);
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
        ? Math.max(LEAST_IMAGES, IMAGES_PER_SLOT * slots)
        : Math.max(LEAST_VIDEOS, slots);
  }

  /** Each for itself, so that one that takes its machine along takes no other item along. */
  private static void dreamSuspects(List<SyncItem> suspects, Batches batches, long limit) {
    Iterator<SyncItem> next = suspects.stream().limit(limit).iterator();
    while (next.hasNext() && batches.stopped().isEmpty()) {
      batches.submit(List.of(next.next()));
      batches.await();
    }
  }

  private SyncReport report(
      SyncRequest request,
      SyncPlan plan,
      Tally score,
      List<Outcome> items,
      Journal journal,
      long begun,
      String stopped)
      throws IOException {
    List<Outcome> quarantine = new ArrayList<>();
    for (SyncItem item : plan.quarantined(MOST_REASONS)) {
      quarantine.add(Journal.failed(item, journal.reason(item)));
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return SyncReport.of(request, recipe.id(), plan, score, items, quarantine, seconds, stopped);
  }
}
