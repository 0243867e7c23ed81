package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.sync.input.InputKind;
import io.reverie.jobs.sync.lock.SyncLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Dreams what is new or changed below a prefix: takes the lock, plans, dreams in batches, reports.
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

  public SyncReport run(SyncRequest request) {
    return run(request, RunListener.none());
  }

  /**
   * Dreams what is new or changed, unless another run holds the lease.
   *
   * @param run receives the forecast of a dry run
   */
  public SyncReport run(SyncRequest request, RunListener run) {
    try {
      SyncFolders folders = SyncFolders.of(request.in(), request.out());
      Ledger ledger = new Ledger(folders.out());
      Storage.of(folders.out()).requireInside(folders.out(), ledger.lease());
      if (request.dryRun()) {
        return SyncRun.of(this, request, folders).list(run);
      }
      try (SyncLock lock = locks.apply(ledger.lease())) {
        return lock.isHeld()
            ? dream(request, folders, lock)
            : SyncReport.busy(request, resolved.id(), lock.holder());
      }
    } catch (IOException | UncheckedIOException e) {
      throw UserException.environment(Failure.sentence(e).orElseThrow(), e);
    }
  }

  private SyncReport dream(SyncRequest request, SyncFolders folders, SyncLock lock)
      throws IOException {
    SyncReport report =
        new SyncReportPage(spark, resolved, request, folders)
            .during(page -> SyncRun.of(this, request, folders).dream(lock, page));
    if (lock.isHeld()) {
      Location manifest = new Ledger(folders.out()).manifest();
      Storage.of(manifest).write(manifest, (report.json() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return report;
  }
}
