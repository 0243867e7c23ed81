package io.reverie.jobs.chain;

import io.reverie.jobs.error.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs one chain of Spark jobs for each item, a bounded number of them at once, each on a thread of
 * its own. A chain that throws ends the run: those that have not started never do, and the others
 * are cancelled. So a chain returns what fails only its item.
 *
 * @param atOnce number of chains that run at once, asked again and again: executors come and go
 * @param canceller stops the Spark jobs of the chains that run; called again and again until they
 *     have ended, since a chain may just be starting its next job
 */
public record Chains(IntSupplier atOnce, Runnable canceller) {

  /** Threads of the driver, whose stacks take a megabyte each. */
  private static final int MOST = 256;

  /** Requests to a store at once. */
  private static final int REQUESTS = 32;

  private static final int PAUSE_MILLIS = 200;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /**
   * The number of chains that keep all executors busy: twice the tasks at once, because the tasks
   * of short items end sooner than the driver starts their next ones.
   *
   * @param slots number of tasks at once
   */
  public static int atOnce(int slots) {
    return Math.min(MOST, Math.max(2, 2 * slots));
  }

  /** The number of tasks that the executors of the moment run at once. */
  public static int slots(JavaSparkContext spark) {
    return spark.sc().isStopped() ? 1 : spark.defaultParallelism();
  }

  /**
   * Chains for all executors of a Spark context.
   *
   * @param groups of the jobs of all items
   */
  public static Chains of(JavaSparkContext spark, List<String> groups) {
    return new Chains(
        () -> atOnce(slots(spark)),
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
    return queued(items, new ChainQueue(sizes)::next, chain);
  }

  /**
   * Does something for each item, such as asking a store about it, while others wait for answers.
   *
   * @return one result for each item, in order
   */
  public static <T, R> List<R> overlapped(List<T> items, Chain<T, R> step) {
    AtomicInteger next = new AtomicInteger();
    return new Chains(() -> REQUESTS, () -> {})
        .queued(
            items,
            atOnce -> {
              int number = next.getAndIncrement();
              return number < items.size() ? OptionalInt.of(number) : OptionalInt.empty();
            },
            step);
  }

  private <T, R> List<R> queued(List<T> items, IntFunction<OptionalInt> queue, Chain<T, R> chain) {
    ExecutorService threads = Executors.newCachedThreadPool(Chains::thread);
    try {
      Run<T, R> run = new Run<>(items, queue, chain);
      await(run, threads);
      return run.results();
    } finally {
      threads.shutdown();
    }
  }

  private <T, R> void await(Run<T, R> run, Executor threads) {
    boolean ended = run.isEnded();
    while (!ended) {
      try {
        for (int more = run.allow(atOnce.getAsInt()); more > 0; more--) {
          threads.execute(run::work);
        }
        ended = run.await(PAUSE_MILLIS);
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
  private static final class Run<T, R> {

    private final List<T> items;
    private final IntFunction<OptionalInt> queue;
    private final Chain<T, R> chain;
    private final List<@Nullable R> results;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int waiting;
    private int allowed;
    private int running;
    private @Nullable Throwable failure;

    Run(List<T> items, IntFunction<OptionalInt> queue, Chain<T, R> chain) {
      this.items = items;
      this.queue = queue;
      this.chain = chain;
      this.results = new ArrayList<>(Collections.nCopies(items.size(), null));
      this.waiting = items.size();
    }

    /** Sets the number of threads; returns how many more must start. */
    synchronized int allow(int threads) {
      allowed = Math.max(1, threads);
      int more = isStopped() ? 0 : Math.max(0, Math.min(allowed - running, waiting));
      running += more;
      return more;
    }

    void work() {
      OptionalInt next = next();
      while (next.isPresent()) {
        int item = next.getAsInt();
        try {
          end(item, chain.run(items.get(item)));
        } catch (Throwable e) {
          stop(e);
        }
        next = next();
      }
    }

    /** The item that this thread takes; empty if it has to end. */
    private synchronized OptionalInt next() {
      if (waiting == 0 || running > allowed || isStopped()) {
        running--;
        if (isEnded()) {
          ended.countDown();
        }
        return OptionalInt.empty();
      }
      waiting--;
      return queue.apply(allowed);
    }

    private synchronized void end(int item, R result) {
      results.set(item, result);
    }

    /** Waits until all have ended, but not for long; returns whether they have. */
    boolean await(int millis) throws InterruptedException {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    synchronized boolean isEnded() {
      return running == 0 && (waiting == 0 || isStopped());
    }

    synchronized boolean isStopped() {
      return failure != null;
    }

    /** The first failure is the reason; the others follow from it. */
    synchronized void stop(Throwable e) {
      if (failure == null) {
        failure = e;
      }
    }

    @SuppressWarnings("NullAway") // Every item has a result.
    synchronized List<R> results() {
      if (failure != null) {
        throw Chains.<RuntimeException>unchecked(failure);
      }
      return new ArrayList<>(results);
    }
  }

  /** Spark's checked exceptions are not declared either. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E unchecked(Throwable e) throws E {
    throw (E) e;
  }
}
