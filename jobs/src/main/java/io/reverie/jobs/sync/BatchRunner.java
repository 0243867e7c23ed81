package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.results.ResultsFolder;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.sync.input.InputKind;
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

  BatchRunner(
      Map<InputKind, ItemDreamer> dreamers,
      Journal journal,
      Tally tally,
      RunLimits limits,
      ResultsFolder table) {
    this.dreamers = Map.copyOf(dreamers);
    this.journal = journal;
    this.tally = tally;
    this.limits = limits;
    this.table = table;
    shutdownHook = () -> withdraw(running);
    ShutdownHookManager.get().addShutdownHook(shutdownHook, BEFORE_OTHERS);
  }

  /** The reason why no further batch starts; empty while batches may start. */
  Optional<String> stopped() {
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
      withdraw(batch);
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
    boolean begun = false;
    try {
      for (SyncItem item : batch) {
        Optional<Outcome> ending = journal.outcomeOf(item, "its task ended: " + reason(e));
        ending.ifPresent(outcome -> tally.add(item, outcome));
        begun |= ending.isPresent();
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

  /**
   * Withdraws items that were interrupted from outside, as by Ctrl-C, through no fault of their
   * own.
   */
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
