package io.reverie.jobs.run;

import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.operation.NamedJobs;
import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.FutureAction;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.Iterator;
import scala.concurrent.ExecutionContext;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Runs many pieces of work in Spark tasks, each of which does as many as take {@link
 * GroupSize#SECONDS}. Several Spark jobs follow each other without a gap, so that later groups can
 * be sized by what earlier ones took.
 *
 * <p>A piece that crashes its worker takes no other along: when Spark retries a group, the group
 * only looks for what it had finished. Everything else is tried again in a task of its own, with
 * Spark's usual number of attempts.
 *
 * @param <T> what a piece of work is made from
 * @param <R> its result
 */
public final class GroupedTasks<T, R> {

  /** Tasks in flight for each slot: running ones and those that follow without a gap. */
  private static final int TASKS_PER_SLOT = 4;

  private final JavaSparkContext spark;
  private final JobName name;
  private final TaskGpu gpu;
  private final List<T> work;
  private final Kind<T, R> kind;
  private final Consumer<? super R> ended;
  private final GroupSize size = new GroupSize();

  /** Pieces that were handed back, and are tried alone. */
  private final Deque<Integer> alone = new ArrayDeque<>();

  /** Pieces that were handed back because their task took longer than expected. */
  private final Deque<Integer> late = new ArrayDeque<>();

  private final Map<Integer, R> results = new HashMap<>();
  private final List<FutureAction<BoxedUnit>> jobs = new ArrayList<>();
  private int next;
  private int inFlight;
  private @Nullable Throwable failure;

  /**
   * How to do a piece of work, in a task.
   *
   * @param task does it; failures are results
   * @param finished returns the result of a piece that an attempt has finished before it was lost;
   *     asked only then
   */
  public record Kind<T, R>(Function<T, R> task, Function<T, Optional<R>> finished)
      implements Serializable {}

  private record Piece<T>(int number, T work) implements Serializable {}

  /** Pieces of one task, which runs near the input of the first. */
  private record Group<T>(List<Piece<T>> pieces) implements Serializable, Locality.Located {
    @Override
    public Optional<Location> place() {
      return pieces.get(0).work() instanceof Locality.Located work
          ? work.place()
          : Optional.empty();
    }
  }

  private record Done<R>(int number, R result, double seconds) implements Serializable {}

  /**
   * What a task has done.
   *
   * @param retried whether a worker or a task was lost before
   */
  private record GroupResult<R>(List<Done<R>> done, boolean retried) implements Serializable {}

  private GroupedTasks(
      JavaSparkContext spark,
      JobName name,
      TaskGpu gpu,
      List<T> work,
      Kind<T, R> kind,
      Consumer<? super R> ended) {
    this.spark = spark;
    this.name = name;
    this.gpu = gpu;
    this.work = work;
    this.kind = kind;
    this.ended = ended;
  }

  /**
   * Runs the work. A piece is given to its task alone, so its size does not depend on the others.
   *
   * @param name names the tasks in Spark's own pages, in logs and in reports
   * @param gpu what each task holds of one
   * @param ended receives each result on the driver as soon as its task ends, in any order, on
   *     Spark's event thread: it must not wait for anything
   * @return one result for each piece of work, in order
   */
  public static <T, R> List<R> run(
      JavaSparkContext spark,
      JobName name,
      TaskGpu gpu,
      List<T> work,
      Kind<T, R> kind,
      Consumer<? super R> ended) {
    return new GroupedTasks<>(spark, name, gpu, work, kind, ended).run();
  }

  private List<R> run() {
    SparkListener growth =
        new SparkListener() {
          @Override
          public void onExecutorAdded(SparkListenerExecutorAdded added) {
            wake();
          }
        };
    spark.sc().addSparkListener(growth);
    try (NamedJobs named = NamedJobs.start(spark.sc(), name, work.size())) {
      work();
      named.done();
    } finally {
      spark.sc().removeSparkListener(growth);
    }
    return IntStream.range(0, work.size())
        .mapToObj(i -> Objects.requireNonNull(results.get(i)))
        .toList();
  }

  private synchronized void wake() {
    notifyAll();
  }

  private void work() {
    try {
      while (isOpen()) {
        List<Group<T>> groups = groups();
        if (!groups.isEmpty()) {
          submit(groups);
        } else {
          await();
        }
      }
    } finally {
      // Only after a failure or an interruption, jobs are still running.
      jobs.forEach(FutureAction::cancel);
    }
  }

  private synchronized boolean isOpen() {
    if (failure != null) {
      sneakyThrow(failure);
    }
    return results.size() < work.size();
  }

  /** Throws as Spark does, which declares no checked exceptions. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneakyThrow(Throwable e) throws E {
    throw (E) e;
  }

  private synchronized void await() {
    try {
      while (failure == null && results.size() < work.size() && wanted() == 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for tasks", e);
    }
  }

  /** Returns the number of tasks to submit: none while enough are in flight. */
  private int wanted() {
    int slots = spark.defaultParallelism();
    int most = TASKS_PER_SLOT * slots;
    boolean any = !alone.isEmpty() || !late.isEmpty() || next < work.size();
    return any && inFlight <= most / 2 ? most - inFlight : 0;
  }

  private synchronized List<Group<T>> groups() {
    jobs.removeIf(FutureAction::isCompleted);
    List<Group<T>> groups = new ArrayList<>();
    int slots = spark.defaultParallelism();
    for (int n = wanted(); n > 0; n--) {
      List<Piece<T>> group = new ArrayList<>();
      if (!alone.isEmpty()) {
        group.add(piece(alone.remove()));
      } else {
        int most = size.next(late.size() + work.size() - next, slots);
        while (group.size() < most && !late.isEmpty()) {
          group.add(piece(late.remove()));
        }
        while (group.size() < most && next < work.size()) {
          group.add(piece(next++));
        }
      }
      if (!group.isEmpty()) {
        groups.add(new Group<>(group));
      }
    }
    inFlight += groups.size();
    return groups;
  }

  private Piece<T> piece(int number) {
    return new Piece<>(number, work.get(number));
  }

  private void submit(List<Group<T>> groups) {
    JavaRDD<GroupResult<R>> tasks =
        gpu.on(spark, Locality.rdd(spark, groups).map(new GroupTask<>(kind)));
    FutureAction<BoxedUnit> job =
        spark
            .sc()
            .submitJob(
                tasks.rdd(),
                new First<GroupResult<R>>(),
                scala.jdk.javaapi.CollectionConverters.asScala(
                        IntStream.range(0, groups.size()).<Object>mapToObj(i -> i).toList())
                    .toSeq(),
                new AbstractFunction2<Object, GroupResult<R>, BoxedUnit>() {
                  @Override
                  public BoxedUnit apply(Object number, GroupResult<R> result) {
                    accept(groups.get((Integer) number), result);
                    return BoxedUnit.UNIT;
                  }
                },
                new AbstractFunction0<BoxedUnit>() {
                  @Override
                  public BoxedUnit apply() {
                    return BoxedUnit.UNIT;
                  }
                });
    synchronized (this) {
      jobs.add(job);
    }
    Function1<Try<BoxedUnit>, Object> end =
        new AbstractFunction1<>() {
          @Override
          public Object apply(Try<BoxedUnit> result) {
            if (result.isFailure()) {
              fail(result.failed().get());
            }
            return BoxedUnit.UNIT;
          }
        };
    job.onComplete(end, ExecutionContext.fromExecutor(Runnable::run));
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /** Takes what a task has done, and what it hands back. */
  private void accept(Group<T> group, GroupResult<R> result) {
    synchronized (this) {
      inFlight--;
      Map<Integer, R> done = new HashMap<>();
      result.done().forEach(each -> done.put(each.number(), each.result()));
      result.done().stream().filter(each -> !result.retried()).forEach(d -> size.add(d.seconds()));
      for (Piece<T> piece : group.pieces()) {
        if (!done.containsKey(piece.number())) {
          (result.retried() ? alone : late).add(piece.number());
        }
      }
      results.putAll(done);
    }
    result.done().forEach(each -> ended.accept(each.result()));
    wake();
  }

  /** The single element of a partition. */
  private static final class First<E> extends AbstractFunction1<Iterator<E>, E>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public E apply(Iterator<E> elements) {
      return elements.next();
    }
  }

  /** Does a group in a task. */
  private record GroupTask<T, R>(Kind<T, R> kind) implements Function<Group<T>, GroupResult<R>> {

    @Override
    public GroupResult<R> call(Group<T> group) throws Exception {
      if (TaskContext.get().attemptNumber() == 0) {
        return done(group);
      }
      GroupResult<R> before = finished(group);
      return before.done().isEmpty() && group.pieces().size() == 1 ? done(group) : before;
    }

    private GroupResult<R> finished(Group<T> group) throws Exception {
      List<Done<R>> done = new ArrayList<>();
      for (Piece<T> piece : group.pieces()) {
        Optional<R> result = kind.finished().call(piece.work());
        result.ifPresent(found -> done.add(new Done<>(piece.number(), found, 0)));
      }
      return new GroupResult<>(done, true);
    }

    private GroupResult<R> done(Group<T> group) throws Exception {
      List<Done<R>> done = new ArrayList<>();
      long begun = System.nanoTime();
      double before = 0;
      for (Piece<T> piece : group.pieces()) {
        if (before > GroupSize.MAX_SECONDS) {
          break;
        }
        R result = kind.task().call(piece.work());
        double now = (System.nanoTime() - begun) / 1e9;
        done.add(new Done<>(piece.number(), result, now - before));
        before = now;
        Attempts.stopIfKilled();
      }
      return new GroupResult<>(done, false);
    }
  }
}
