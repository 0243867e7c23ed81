package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** conf/spark-defaults.conf, read as Spark reads it. */
class SparkDefaultsTest {

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

  private static int gigabytes(Properties properties, String key) {
    return Integer.parseInt(properties.getProperty(key).replace("g", ""));
  }

  private static Properties properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    return properties;
  }
}
