package io.reverie.jobs.operation;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Adds what a run has done to Spark's metrics. Each executor has the counts of its own process, for
 * sinks that run everywhere, such as JMX and Graphite; the driver has the sums over all executors,
 * because only its web page is there for Prometheus. Named by {@code spark.plugins}.
 */
public final class Metrics implements SparkPlugin {

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverMetrics();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorMetrics();
  }
}
