package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Runs batches, two at a time, so that the last items of one leave nobody idle. A batch that ends
 * with an error is settled by its records, and the others go on.
 */
final class Batches implements AutoCloseable {

  private static final int AT_ONCE = 2;

  /** Before Spark's, which ends the tasks, and Hadoop's, which closes the file systems. */
  private static final int BEFORE_OTHERS = 100;

  private final Map<InputKind, ItemDreamer> dreams;
  private final Journal journal;
  private final Tally score;
  private final RunLimits limits;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Set<SyncItem> running = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Optional<RuntimeException>> fatal =
      new AtomicReference<>(Optional.empty());
  private final Runnable onExit;

  Batches(Map<InputKind, ItemDreamer> dreams, Journal journal, Tally score, RunLimits limits) {
    this.dreams = Map.copyOf(dreams);
    this.journal = journal;
    this.score = score;
    this.limits = limits;
    onExit = () -> withdraw(running);
    ShutdownHookManager.get().addShutdownHook(onExit, BEFORE_OTHERS);
  }

  /** Why no batch is taken any more; empty as long as some are. */
  Optional<String> stopped() {
    return Objects.requireNonNull(fatal.get()).isPresent()
        ? Optional.of("an error")
        : limits.reached();
  }

  /** Runs a batch as soon as fewer than two run, if nothing has happened until then. */
  void submit(List<SyncItem> batch) {
    free.acquireUninterruptibly();
    if (batch.isEmpty() || stopped().isPresent()) {
      free.release();
      return;
    }
    threads.execute(
        () -> {
          try {
            run(batch);
          } catch (RuntimeException e) {
            fatal.compareAndSet(Optional.empty(), Optional.of(e));
          } finally {
            free.release();
          }
        });
  }

  /**
   * Returns when no batch runs.
   *
   * @throws RuntimeException that ended one of them and concerns all
   */
  void await() {
    free.acquireUninterruptibly(AT_ONCE);
    free.release(AT_ONCE);
    Objects.requireNonNull(fatal.get())
        .ifPresent(
            e -> {
              throw e;
            });
  }

  private void run(List<SyncItem> batch) {
    running.addAll(batch);
    try {
      List<Outcome> outcomes =
          Objects.requireNonNull(dreams.get(batch.get(0).kind())).dream(batch, journal);
      if (outcomes.size() != batch.size()) {
        throw new IllegalStateException(
            "%d outcomes of %d items".formatted(outcomes.size(), batch.size()));
      }
      outcomes.forEach(score::add);
    } catch (UserException e) {
      // What no item of them can help.
      withdraw(batch);
      throw e;
    } catch (Exception e) {
      // Spark's own exceptions are checked, and declared nowhere.
      settle(batch, e);
    } finally {
      batch.forEach(running::remove);
    }
  }

  /** The machine of one of them died, or met a bug; Spark has tried several times. */
  private void settle(List<SyncItem> batch, Exception e) {
    boolean begun = false;
    try {
      for (SyncItem item : batch) {
        Optional<Outcome> fate = journal.fate(item, "its task ended: " + reason(e));
        fate.ifPresent(score::add);
        begun |= fate.isPresent();
      }
    } catch (IOException unreadable) {
      e.addSuppressed(unreadable);
    }
    if (!begun) {
      throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Failure.sentence(root).orElse(root.toString());
  }

  /** Ctrl-C or a machine that is needed elsewhere is not the items' fault. */
  private void withdraw(Collection<SyncItem> items) {
    items.parallelStream()
        .forEach(
            item -> {
              try {
                journal.withdraw(item);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** Returns when no batch runs. */
  @Override
  public void close() {
    threads.shutdown();
    free.acquireUninterruptibly(AT_ONCE);
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(onExit);
    }
  }
}
