package io.reverie.jobs.operation;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts in an executor, and sends the counts to the driver now and then. */
final class ExecutorMetrics implements ExecutorPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(ExecutorMetrics.class);

  /** Spark's name for the executor of a driver that computes itself. */
  private static final String DRIVER = "driver";

  private static final long PERIOD_SECONDS = 5;

  /** Tasks may end many times a second. */
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "reverie metrics");
            thread.setDaemon(true);
            return thread;
          });

  private final AtomicLong last = new AtomicLong(System.nanoTime());
  private volatile Optional<PluginContext> context = Optional.empty();
  private volatile WorkMeter meter = WorkMeter.ofThisProcess();

  @Override
  public void init(PluginContext own, Map<String, String> extra) {
    if (own.executorID().equals(DRIVER)) {
      // The driver's source has the counts of its own process.
      return;
    }
    WorkMeter fresh = WorkMeter.restart();
    meter = fresh;
    new MetricSource().addWork(fresh::value).register();
    context = Optional.of(own);
    // It catches what it throws.
    var unused =
        timer.scheduleAtFixedRate(this::send, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void send() {
    last.set(System.nanoTime());
    context.ifPresent(
        driver -> {
          try {
            driver.send(new ExecutorReport(driver.executorID(), meter.values()).message());
          } catch (IOException | RuntimeException e) {
            // A later one has the sums of all.
            LOG.debug("a report did not reach the driver", e);
          }
        });
  }

  private void sendIfDue() {
    if (System.nanoTime() - last.get() > LEAST_NANOS) {
      send();
    }
  }

  @Override
  public void onTaskSucceeded() {
    sendIfDue();
  }

  @Override
  public void onTaskFailed(TaskFailedReason reason) {
    sendIfDue();
  }

  @Override
  public void shutdown() {
    timer.shutdownNow();
    send();
  }
}
