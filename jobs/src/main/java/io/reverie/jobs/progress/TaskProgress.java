package io.reverie.jobs.progress;

import io.reverie.jobs.forecast.Pace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.util.DoubleAccumulator;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Shows the units that running and finished tasks have counted, as reported by their heartbeats.
 */
public final class TaskProgress extends SparkListener implements AutoCloseable {

  private final SparkContext spark;
  private final FrameCounter counter;
  private final Optional<Pace> pace;
  private final Bar bar;
  private final String title;
  private final long total;
  private final String unit;
  private final long start = System.nanoTime();

  /** What running tasks have counted, by accumulator. */
  private final Map<Long, Task> running = new HashMap<>();

  /** What all tasks have counted, without attempts that failed. */
  private final Map<Long, Double> sums = new HashMap<>();

  /** The most that any attempt at a task has counted, by the task's place in its stage. */
  private final Map<Integer, Double> done = new HashMap<>();

  /**
   * How far a phase of a job is.
   *
   * @param done units so far
   * @param total units of all tasks
   * @param left seconds; NaN while nothing is done
   */
  public record State(String title, double done, double total, String unit, double left) {}

  private record Task(int place, Map<Long, Double> counts) {}

  private TaskProgress(
      SparkContext spark,
      FrameCounter counter,
      Optional<Pace> pace,
      Bar bar,
      String title,
      long total,
      String unit) {
    this.spark = spark;
    this.counter = counter;
    this.pace = pace;
    this.bar = bar;
    this.title = title;
    this.total = total;
    this.unit = unit;
  }

  /**
   * Shows progress until it is closed.
   *
   * @param total number of units of all tasks
   */
  public static TaskProgress start(
      SparkContext spark, String title, long total, String unit, boolean quiet) {
    return start(spark, title, total, unit, quiet, Optional.empty());
  }

  /**
   * Shows progress until it is closed.
   *
   * @param pace of the tasks of one stage, from which the time left follows
   */
  public static TaskProgress start(
      SparkContext spark, String title, String unit, boolean quiet, Pace pace) {
    long total = pace.tasks().stream().mapToLong(Integer::longValue).sum();
    return start(spark, title, total, unit, quiet, Optional.of(pace));
  }

  private static TaskProgress start(
      SparkContext spark,
      String title,
      long total,
      String unit,
      boolean quiet,
      Optional<Pace> pace) {
    Bar bar = quiet ? Bar.silent() : Bar.onTerminal(title, (double) total, unit);
    FrameCounter counter = FrameCounter.of(spark, unit);
    TaskProgress progress = new TaskProgress(spark, counter, pace, bar, title, total, unit);
    spark.addSparkListener(progress);
    return progress;
  }

  /** The counter that tasks increment. */
  public FrameCounter counter() {
    return counter;
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart begun) {
    running.put(begun.taskInfo().taskId(), new Task(begun.taskInfo().index(), new HashMap<>()));
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate metrics) {
    CollectionConverters.asJava(metrics.accumUpdates())
        .forEach(task -> update(((Number) task._1()).longValue(), task._4()));
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    long id = end.taskInfo().taskId();
    update(id, end.taskInfo().accumulables());
    // A heartbeat that comes late finds it no more.
    Task task = running.remove(id);
    if (task != null && !end.taskInfo().successful()) {
      // The next attempt counts again what it finds done.
      task.counts().forEach((accumulator, count) -> sums.merge(accumulator, -count, Double::sum));
    }
  }

  private synchronized void update(long id, Iterable<AccumulableInfo> infos) {
    Task task = running.get(id);
    if (task == null) {
      return;
    }
    List<Long> ours = counter.all().stream().map(DoubleAccumulator::id).toList();
    for (AccumulableInfo info : CollectionConverters.asJava(infos)) {
      if (ours.contains(info.id()) && info.update().isDefined()) {
        double count = ((Number) info.update().get()).doubleValue();
        Double before = task.counts().put(info.id(), count);
        sums.merge(info.id(), count - (before == null ? 0 : before), Double::sum);
      }
    }
    double units = task.counts().getOrDefault(counter.done().id(), 0.0);
    if (pace.isPresent() && units > 0) {
      done.merge(task.place(), units, Math::max);
    }
    bar.show(sum(counter.done()), this::left);
  }

  public State state() {
    double units = sum(counter.done());
    double seconds = (System.nanoTime() - start) / 1e9;
    double even = units > 0 ? Math.max(0, total - units) * seconds / units : Double.NaN;
    return new State(title, units, (double) total, unit, left().orElse(even));
  }

  private synchronized OptionalDouble left() {
    return pace.isEmpty()
        ? OptionalDouble.empty()
        : pace.get().left(i -> done.getOrDefault(i, 0.0), taken());
  }

  private Pace.Taken taken() {
    return new Pace.Taken(
        sum(counter.lone()),
        sum(counter.loneSeconds()),
        sum(counter.carried()),
        sum(counter.carriedSeconds()));
  }

  private synchronized double sum(DoubleAccumulator accumulator) {
    return sums.getOrDefault(accumulator.id(), 0.0);
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
    bar.close();
  }
}
