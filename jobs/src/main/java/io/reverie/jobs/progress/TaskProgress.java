package io.reverie.jobs.progress;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Shows the units that running and finished tasks have counted, as reported by their heartbeats.
 */
public final class TaskProgress extends SparkListener implements AutoCloseable {

  private final SparkContext spark;
  private final LongAccumulator counter;
  private final Bar bar;
  private final String title;
  private final long total;
  private final String unit;
  private final long start = System.nanoTime();
  private final Map<Long, Long> byTask = new ConcurrentHashMap<>();

  /**
   * How far a phase of a job is.
   *
   * @param done units so far
   * @param total units of all tasks
   * @param left seconds; NaN while nothing is done
   */
  public record State(String title, double done, double total, String unit, double left) {}

  private TaskProgress(
      SparkContext spark, LongAccumulator counter, Bar bar, String title, long total, String unit) {
    this.spark = spark;
    this.counter = counter;
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
    Bar bar = quiet ? Bar.silent() : Bar.onTerminal(title, (double) total, unit);
    LongAccumulator counter = spark.longAccumulator(unit);
    TaskProgress progress = new TaskProgress(spark, counter, bar, title, total, unit);
    spark.addSparkListener(progress);
    return progress;
  }

  /** The counter that tasks increment. */
  public LongAccumulator counter() {
    return counter;
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
    for (AccumulableInfo info : CollectionConverters.asJava(infos)) {
      if (info.id() == counter.id() && info.update().isDefined()) {
        byTask.put(task, ((Number) info.update().get()).longValue());
      }
    }
    bar.show((double) done());
  }

  private long done() {
    return byTask.values().stream().mapToLong(Long::longValue).sum();
  }

  public State state() {
    double done = done();
    double seconds = (System.nanoTime() - start) / 1e9;
    double left = done > 0 ? Math.max(0, total - done) * seconds / done : Double.NaN;
    return new State(title, done, (double) total, unit, left);
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
    bar.close();
  }
}
