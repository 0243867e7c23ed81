package io.reverie.jobs.operation;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/** Our metrics in Spark's metrics system, with names that begin with {@code reverie}. */
final class MetricSource implements Source {

  private final MetricRegistry registry = new MetricRegistry();

  /** A number of things, read when a sink asks. */
  @FunctionalInterface
  interface Count {
    long get();
  }

  /** Adds all counters of work. */
  MetricSource addWork(ToDoubleFunction<WorkCounter> values) {
    for (WorkCounter counter : WorkCounter.values()) {
      if (counter.isTime()) {
        Gauge<Double> seconds = () -> values.applyAsDouble(counter);
        registry.register(counter.metric(), seconds);
      } else {
        addCounter(counter.metric(), () -> Math.round(values.applyAsDouble(counter)));
      }
    }
    return this;
  }

  /** Adds a number that only grows. */
  MetricSource addCounter(String name, Count count) {
    registry.register(
        name,
        new Counter() {
          @Override
          public long getCount() {
            return count.get();
          }
        });
    return this;
  }

  /** Adds a number that may shrink. */
  MetricSource addGauge(String name, Count count) {
    Gauge<Long> gauge = count::get;
    registry.register(name, gauge);
    return this;
  }

  /** Shows the metrics in all sinks of this process. */
  void register() {
    SparkEnv.get().metricsSystem().registerSource(this);
  }

  @Override
  public String sourceName() {
    return "reverie";
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
