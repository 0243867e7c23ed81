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
  private final Map<Long, Long> byTask = new ConcurrentHashMap<>();

  private TaskProgress(SparkContext spark, LongAccumulator counter, Bar bar) {
    this.spark = spark;
    this.counter = counter;
    this.bar = bar;
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
    TaskProgress progress = new TaskProgress(spark, counter, bar);
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
    bar.show((double) byTask.values().stream().mapToLong(Long::longValue).sum());
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
    bar.close();
  }
}
