package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.History$;
import org.apache.spark.internal.config.UI$;
import org.apache.spark.internal.config.package$;

/** The keys that Spark knows: it takes unknown ones without a word. */
final class SparkKeys {

  /** Not in Spark's registry: names of others follow, or another module knows them. */
  private static final List<String> OPEN =
      List.of(
          "spark.executorEnv.",
          "spark.hadoop.",
          "spark.kubernetes.",
          // Settings of sinks.
          "spark.metrics.conf.",
          // Read by Spark's network module itself.
          "spark.network.crypto.",
          "spark.executor.resource.gpu.",
          "spark.task.resource.gpu.",
          "spark.master",
          "spark.app.name");

  private SparkKeys() {}

  static void assertKnown(String key) {
    // Keys are registered when their holders are loaded.
    assertThat(List.of(package$.MODULE$, UI$.MODULE$, History$.MODULE$)).doesNotContainNull();
    assertThat(OPEN.stream().anyMatch(key::startsWith) || ConfigEntry.findEntry(key) != null)
        .as("Spark knows %s", key)
        .isTrue();
  }
}
