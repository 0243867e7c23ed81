package io.reverie.jobs.progress;

import io.reverie.jobs.forecast.Pace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<Long, Integer> places = new ConcurrentHashMap<>();
  private final Map<Key, Double> counts = new ConcurrentHashMap<>();

  /**
   * How far a phase of a job is.
   *
   * @param done units so far
   * @param total units of all tasks
   * @param left seconds; NaN while nothing is done
   */
  public record State(String title, double done, double total, String unit, double left) {}

  private record Key(long task, long accumulator) {}

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
  public void onTaskStart(SparkListenerTaskStart start) {
    places.put(start.taskInfo().taskId(), start.taskInfo().index());
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate metrics) {
    CollectionConverters.asJava(metrics.accumUpdates())
        .forEach(task -> update(((Number) task._1()).longValue(), task._4()));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    update(end.taskInfo().taskId(), end.taskInfo().accumulables());
  }

  private void update(long task, Iterable<AccumulableInfo> infos) {
    List<Long> ours = counter.all().stream().map(DoubleAccumulator::id).toList();
    for (AccumulableInfo info : CollectionConverters.asJava(infos)) {
      if (ours.contains(info.id()) && info.update().isDefined()) {
        counts.put(new Key(task, info.id()), ((Number) info.update().get()).doubleValue());
      }
    }
    bar.show(sum(counter.done()), left());
  }

  public State state() {
    double done = sum(counter.done());
    double seconds = (System.nanoTime() - start) / 1e9;
    double even = done > 0 ? Math.max(0, total - done) * seconds / done : Double.NaN;
    return new State(title, done, (double) total, unit, left().orElse(even));
  }

  private OptionalDouble left() {
    if (pace.isEmpty()) {
      return OptionalDouble.empty();
    }
    Map<Integer, Double> done = new ConcurrentHashMap<>();
    counts.forEach(
        (key, value) -> {
          Integer place = places.get(key.task());
          if (place != null && key.accumulator() == counter.done().id()) {
            // A task that Spark retries counts its frames again.
            done.merge(place, value, Math::max);
          }
        });
    return pace.get().left(i -> done.getOrDefault(i, 0.0), taken());
  }

  private Pace.Taken taken() {
    return new Pace.Taken(
        sum(counter.lone()),
        sum(counter.loneSeconds()),
        sum(counter.carried()),
        sum(counter.carriedSeconds()));
  }

  private double sum(DoubleAccumulator accumulator) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().accumulator() == accumulator.id())
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
    bar.close();
  }
}
