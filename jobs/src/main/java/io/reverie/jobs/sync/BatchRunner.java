package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.results.ResultsFolder;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.storage.StorageErrorMessages;
import io.reverie.jobs.sync.input.InputKind;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
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
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches, two at a time, so that the last items of one leave no slot idle. A batch that ends
 * with an error is settled by its records, and the other batches continue.
 */
final class BatchRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  private static final int AT_ONCE = 2;

  /**
   * Runs before the hooks of Spark, which ends the tasks, and Hadoop, which closes the file
   * systems.
   */
  private static final int BEFORE_OTHERS = 100;

  private final SparkContext spark;
  private final Map<InputKind, ItemDreamer> dreamers;
  private final Journal journal;
  private final Tally tally;
  private final RunLimits limits;
  private final ResultsFolder table;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Set<SyncItem> running = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Optional<RuntimeException>> fatal =
      new AtomicReference<>(Optional.empty());
  private final Runnable shutdownHook;
  private volatile boolean interrupted;

  BatchRunner(
      SparkContext spark,
      Map<InputKind, ItemDreamer> dreamers,
      Journal journal,
      Tally tally,
      RunLimits limits,
      ResultsFolder table) {
    this.spark = spark;
    this.dreamers = Map.copyOf(dreamers);
    this.journal = journal;
    this.tally = tally;
    this.limits = limits;
    this.table = table;
    shutdownHook = this::interrupt;
    ShutdownHookManager.get().addShutdownHook(shutdownHook, BEFORE_OTHERS);
  }

  /** The reason why no further batch starts; empty while batches may start. */
  Optional<String> stopped() {
    if (interrupted) {
      return Optional.of("an interruption");
    }
    return Objects.requireNonNull(fatal.get()).isPresent()
        ? Optional.of("an error")
        : limits.reached();
  }

  /** Runs a batch as soon as fewer than two are running, unless the run has stopped by then. */
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
            writeTable();
          } catch (RuntimeException e) {
            fatal.compareAndSet(Optional.empty(), Optional.of(e));
          } finally {
            free.release();
          }
        });
  }

  /** A table that cannot be written now stops no dream: its rows are written later. */
  private void writeTable() {
    try {
      table.writeIfDue();
    } catch (IOException e) {
      LOG.debug("the table of results could not be updated: {}", e.toString());
    }
  }

  /**
   * Waits until no batch is running.
   *
   * @throws RuntimeException if a batch failed with an error that affects all batches
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
          Objects.requireNonNull(dreamers.get(batch.get(0).kind())).dream(batch, journal);
      if (outcomes.size() != batch.size()) {
        throw new IllegalStateException(
            "%d outcomes of %d items".formatted(outcomes.size(), batch.size()));
      }
      for (int i = 0; i < batch.size(); i++) {
        tally.add(batch.get(i), outcomes.get(i));
      }
    } catch (UserException e) {
      // No item of the batch is at fault.
      withdraw(batch, e);
      throw e;
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      settle(batch, e);
    } finally {
      batch.forEach(running::remove);
    }
  }

  /**
   * Determines each item's outcome after the machine of one of them died, or a bug ended the batch
   * although Spark retried it.
   */
  private void settle(List<SyncItem> batch, Exception e) {
    Map<SyncItem, Outcome> endings = new LinkedHashMap<>();
    try {
      for (SyncItem item : batch) {
        journal
            .outcomeOf(item, "its task ended: " + reason(e))
            .ifPresent(outcome -> endings.put(item, outcome));
      }
    } catch (IOException unreadable) {
      e.addSuppressed(unreadable);
    }
    boolean interrupted = isInterrupted();
    if (interrupted) {
      withdraw(batch, e);
    }
    if (interrupted || endings.isEmpty()) {
      throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
    endings.forEach(tally::add);
  }

  /** Whether the whole run ends, as by Ctrl-C or because the cluster has ended the application. */
  private boolean isInterrupted() {
    return interrupted || spark.isStopped();
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Failure.sentence(root).orElse(root.toString());
  }

  /**
   * Ends all tasks and withdraws their items, which were interrupted from outside through no fault
   * of their own.
   */
  void interrupt() {
    interrupted = true;
    Set<SyncItem> items = Set.copyOf(running);
    spark.cancelAllJobs();
    // Until a task learns that it was cancelled, it may begin another item.
    for (int i = 0; i < 2; i++) {
      try {
        journal.withdraw(items);
      } catch (IOException e) {
        LOG.warn("an interruption may count as a failure: {}", StorageErrorMessages.of(e));
      }
    }
  }

  private void withdraw(Collection<SyncItem> items, Exception cause) {
    try {
      journal.withdraw(items);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Waits until no batch is running. */
  @Override
  public void close() {
    threads.shutdown();
    free.acquireUninterruptibly(AT_ONCE);
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(shutdownHook);
    }
  }
}
