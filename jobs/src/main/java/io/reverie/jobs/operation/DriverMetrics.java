package io.reverie.jobs.operation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** The driver's metrics: sums over all executors, what waits, and what Spark had to repeat. */
final class DriverMetrics implements DriverPlugin {

  private final Map<String, ExecutorReport> reports = new ConcurrentHashMap<>();
  private final TaskCounts tasks = new TaskCounts();
  private volatile WorkMeter own = WorkMeter.ofThisProcess();

  @Override
  public Map<String, String> init(SparkContext spark, PluginContext context) {
    own = WorkMeter.restart();
    Backlog.ofThisProcess().clear();
    spark.addSparkListener(tasks);
    return Map.of();
  }

  /** Called once Spark knows the application's id, which may be part of the names. */
  @Override
  public void registerMetrics(String application, PluginContext context) {
    source().register();
  }

  MetricSource source() {
    MetricSource source = new MetricSource().addWork(this::total);
    source.addGauge("items.waiting", () -> Backlog.ofThisProcess().waiting(ended()));
    tasks.addTo(source);
    return source;
  }

  /** Those of executors that are gone count, too. */
  private double total(WorkCounter counter) {
    double others = reports.values().stream().mapToDouble(report -> report.value(counter)).sum();
    return own.value(counter) + others;
  }

  private long ended() {
    return Math.round(total(WorkCounter.ITEMS) + total(WorkCounter.FAILED_ITEMS));
  }

  /** Takes a report. An executor's counts only grow, so a lost or late one does no harm. */
  @Override
  public Object receive(Object message) {
    ExecutorReport.of(message)
        .ifPresent(report -> reports.merge(report.executor(), report, ExecutorReport::laterOf));
    return "";
  }
}
