package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** conf/spark-defaults.conf, read as Spark reads it. */
class SparkDefaultsTest {

  private static final String HEARTBEAT = "spark.executor.heartbeatInterval";
  private static final String TEXT = Deployed.read("conf/spark-defaults.conf");

  @Test
  void sparkKnowsEveryKeyThoseInCommentsToo() throws IOException {
    Properties all = properties(TEXT.replaceAll("(?m)^#(?=spark\\.)", ""));
    assertThat(all).hasSizeGreaterThan(properties(TEXT).size());
    all.stringPropertyNames().forEach(SparkKeys::assertKnown);
  }

  @Test
  void nativeMemoryHasRoomBesideTheHeap() throws IOException {
    Properties properties = properties(TEXT);
    assertThat(gigabytes(properties, "spark.executor.memoryOverhead"))
        .isGreaterThan(gigabytes(properties, "spark.executor.memory"));
  }

  @Test
  void nothingIsAskedOfTheNetworkAndNoSecretIsKept() throws IOException {
    Properties properties = properties(TEXT);
    for (String key : new String[] {"driver", "executor"}) {
      assertThat(properties.getProperty("spark." + key + ".extraJavaOptions"))
          .contains("-Dai.djl.offline=true")
          .doesNotContain("--add-opens");
    }
    assertThat(TEXT).doesNotContainPattern("(?m)^#?spark\\S*(secret|password|token|access\\.key)");
  }

  @Test
  void theImageHasTheSameEnvironmentForThoseWhoDoNotReadTheFile() throws IOException {
    String dockerfile = Deployed.read("docker/Dockerfile");
    Properties properties = properties(TEXT);
    String prefix = "spark.executorEnv.";
    assertThat(properties.stringPropertyNames()).anyMatch(key -> key.startsWith(prefix));
    properties.stringPropertyNames().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()) + "=" + properties.getProperty(key))
        .forEach(
            variable ->
                assertThat(dockerfile)
                    .containsPattern("(?m)^(ENV)? +" + Pattern.quote(variable) + "( \\\\)?$"));
  }

  /** Those who do not read the file repeat its settings; only the embedded run reports faster. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes/sparkapplication.yaml",
        "kubernetes/scheduled.yaml",
        "kubernetes/apache.yaml",
        "conf/jvm.options"
      })
  void repeatedSettingsHaveTheSameValues(String file) throws IOException {
    Properties properties = properties(TEXT);
    Matcher repeated =
        Pattern.compile("(?m)^ *(?:-D)?(spark\\.[\\w.]+)[=:] *\"?([^\"\n]+)")
            .matcher(Deployed.read(file));
    List<String> compared = new ArrayList<>();
    while (repeated.find()) {
      String key = repeated.group(1);
      if (properties.containsKey(key) && !(file.endsWith(".options") && key.equals(HEARTBEAT))) {
        assertThat(repeated.group(2)).as(key).isEqualTo(properties.getProperty(key));
        compared.add(key);
      }
    }
    assertThat(compared).contains("spark.ui.showConsoleProgress");
  }

  private static int gigabytes(Properties properties, String key) {
    return Integer.parseInt(properties.getProperty(key).replace("g", ""));
  }

  private static Properties properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    return properties;
  }
}
