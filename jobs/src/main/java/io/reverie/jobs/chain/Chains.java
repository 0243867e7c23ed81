package io.reverie.jobs.chain;

import io.reverie.jobs.error.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs one chain of Spark jobs for each item, a bounded number of them at once, each on a thread of
 * its own. A chain that throws ends the run: those that have not started never do, and the others
 * are cancelled. So a chain returns what fails only its item.
 *
 * @param atOnce number of chains that run at once
 * @param canceller stops the Spark jobs of the chains that run; called again and again until they
 *     have ended, since a chain may just be starting its next job
 */
public record Chains(int atOnce, Runnable canceller) {

  /** Threads of the driver, whose stacks take a megabyte each. */
  private static final int MOST = 256;

  /** Requests to a store at once. */
  private static final int REQUESTS = 32;

  private static final int PAUSE_MILLIS = 200;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  public Chains {
    if (atOnce < 1) {
      throw new IllegalArgumentException("%d chains at once".formatted(atOnce));
    }
  }

  /**
   * The number of chains that keep all executors busy: twice the tasks at once, because the tasks
   * of short items end sooner than the driver starts their next ones.
   *
   * @param slots number of tasks at once
   */
  public static int atOnce(int slots) {
    return Math.min(MOST, Math.max(2, 2 * slots));
  }

  /**
   * Chains for all executors of a Spark context.
   *
   * @param groups of the jobs of all items
   */
  public static Chains of(JavaSparkContext spark, List<String> groups) {
    return new Chains(
        atOnce(spark.defaultParallelism()),
        () -> {
          if (!spark.sc().isStopped()) {
            groups.forEach(spark.sc()::cancelJobGroup);
          }
        });
  }

  /** The jobs of one item, one after the other. */
  public interface Chain<T, R> {
    R run(T item) throws Exception;
  }

  /**
   * Runs a chain for each item.
   *
   * @param size of an item in any unit: no large one starts last
   * @return one result for each item, in order
   * @throws RuntimeException what a chain has thrown first
   */
  public <T, R> List<R> run(List<T> items, ToLongFunction<T> size, Chain<T, R> chain) {
    long[] sizes = items.stream().mapToLong(size).toArray();
    return run(items, new ChainQueue(sizes, Math.min(atOnce, items.size()))::next, chain);
  }

  /**
   * Does something for each item, such as asking a store about it, while others wait for answers.
   *
   * @return one result for each item, in order
   */
  public static <T, R> List<R> overlapped(List<T> items, Chain<T, R> step) {
    AtomicInteger next = new AtomicInteger();
    return new Chains(REQUESTS, () -> {})
        .run(
            items,
            () -> {
              int number = next.getAndIncrement();
              return number < items.size() ? OptionalInt.of(number) : OptionalInt.empty();
            },
            step);
  }

  private <T, R> List<R> run(List<T> items, Supplier<OptionalInt> queue, Chain<T, R> chain) {
    int threads = Math.min(atOnce, items.size());
    if (threads == 0) {
      return List.of();
    }
    Run<T, R> run =
        new Run<>(
            items,
            queue,
            new ArrayList<>(Collections.nCopies(items.size(), null)),
            chain,
            new AtomicReference<>());
    ExecutorService pool = Executors.newFixedThreadPool(threads, Chains::thread);
    for (int i = 0; i < threads; i++) {
      pool.execute(run::work);
    }
    pool.shutdown();
    await(pool, run);
    run.rethrow();
    return run.ordered();
  }

  private <T, R> void await(ExecutorService pool, Run<T, R> run) {
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        canceller.run();
        run.stop(UserException.environment("interrupted", e));
        return;
      }
      if (!ended && run.isStopped()) {
        canceller.run();
      }
    }
  }

  static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chain-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** What the threads of one run share. */
  private record Run<T, R>(
      List<T> items,
      Supplier<OptionalInt> queue,
      List<@Nullable R> results,
      Chain<T, R> chain,
      AtomicReference<@Nullable Throwable> failure) {

    void work() {
      OptionalInt next = isStopped() ? OptionalInt.empty() : queue.get();
      while (next.isPresent()) {
        try {
          R result = chain.run(items.get(next.getAsInt()));
          synchronized (results) {
            results.set(next.getAsInt(), result);
          }
        } catch (Throwable e) {
          stop(e);
        }
        next = isStopped() ? OptionalInt.empty() : queue.get();
      }
    }

    boolean isStopped() {
      return failure.get() != null;
    }

    /** The first failure is the reason; the others follow from it. */
    void stop(Throwable e) {
      failure.compareAndSet(null, e);
    }

    void rethrow() {
      Throwable e = failure.get();
      if (e != null) {
        throw Chains.<RuntimeException>unchecked(e);
      }
    }

    @SuppressWarnings("NullAway") // Every item has a result.
    List<R> ordered() {
      return new ArrayList<>(results);
    }
  }

  /** Spark's checked exceptions are not declared either. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E unchecked(Throwable e) throws E {
    throw (E) e;
  }
}
