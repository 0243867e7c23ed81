package io.reverie.jobs.process;

import io.reverie.jobs.error.UserException;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares executors, which do not run our main method, before their first task: private folders
 * for temporary files and native libraries. On the driver, watches how attempts end. Named by
 * {@code spark.plugins}.
 */
public final class ExecutorSetup implements SparkPlugin, ExecutorPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(ExecutorSetup.class);

  @Override
  public DriverPlugin driverPlugin() {
    return new AttemptWatch();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return this;
  }

  @Override
  public void init(PluginContext context, Map<String, String> extra) {
    AttemptWatch.connect(context);
    try {
      RunFolder.open();
      NativeFolder.choose(CacheFolder.path());
    } catch (UserException e) {
      // Each task reports it; without an executor, Spark would start new ones forever.
      LOG.debug("no private folder", e);
    }
  }
}
