package io.reverie.jobs.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.metrics.sink.PrometheusServlet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver's metrics, as Spark's servlet shows them to Prometheus. */
class DriverMetricsTest {

  private static final Pattern NAME = Pattern.compile("metrics_reverie_driver_reverie_\\w+");

  private final DriverMetrics driver = new DriverMetrics();

  private String page() {
    MetricRegistry all = new MetricRegistry();
    all.register("reverie.driver.reverie", driver.source().metricRegistry());
    return new PrometheusServlet(new Properties(), all).getMetricsSnapshot();
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dashboard.json", "alerts.yaml"})
  void everyMetricThatIsWatchedExists(String file) throws IOException {
    Set<String> watched = names(Files.readString(Path.of("../deploy/monitoring", file)));
    assertThat(watched).hasSizeGreaterThan(5).isSubsetOf(names(page()));
  }

  @Test
  void theDriverHasTheSumsOverAllExecutors() {
    WorkMeter first = new WorkMeter();
    first.addFrame(40);
    first.add(WorkCounter.ASCENT_SECONDS, 1.5);
    WorkMeter second = new WorkMeter();
    second.addFrame(2);
    second.addFrame(0);
    second.add(WorkCounter.ASCENT_SECONDS, 0.25);
    driver.receive(new ExecutorReport("1", first.values()).message());
    driver.receive(new ExecutorReport("2", second.values()).message());
    first.addFrame(1);
    driver.receive(new ExecutorReport("1", first.values()).message());
    driver.receive("a message of another plugin");
    assertThat(page())
        .contains("metrics_reverie_driver_reverie_frames_Count{type=\"counters\"} 4\n")
        .contains("metrics_reverie_driver_reverie_steps_Count{type=\"counters\"} 43\n")
        .contains("metrics_reverie_driver_reverie_seconds_ascent_Value{type=\"gauges\"} 1.75\n");
  }

  @Test
  void theGuideNamesEveryMetric() throws IOException {
    String guide = Files.readString(Path.of("../docs/operating.md"));
    assertThat(driver.source().metricRegistry().getNames())
        .allSatisfy(
            name ->
                assertThat(guide)
                    .contains("`" + name.replaceFirst("^seconds(?=\\.(?!decode))", "") + "`"));
  }
}
