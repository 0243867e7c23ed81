package io.reverie.jobs.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.error.UserException.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of Spark with a fault, before and after Spark sees them. */
class SparkFaultsTest {

  @TempDir private Path folder;

  private static SparkConf conf(String... settings) {
    SparkConf conf = new SparkConf(false).set("spark.ui.enabled", "false");
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      conf.set(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return conf;
  }

  private static void assertRefused(Kind kind, String part, SparkConf conf) {
    assertThatThrownBy(() -> SparkFaults.check(conf))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(part);
  }

  @Test
  void aProcessAssignsNoGpus() {
    assertRefused(
        Kind.USAGE,
        "spark.task.resource.gpu.amount is for clusters",
        conf("spark.master=local[2]", "spark.task.resource.gpu.amount=1"));
    SparkFaults.check(conf("spark.master=yarn", "spark.task.resource.gpu.amount=1"));
  }

  @Test
  void oneWritableFolderForLocalFilesIsEnough() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(
        Kind.ENVIRONMENT,
        "cannot write to spark.local.dir",
        conf("spark.master=local", "spark.local.dir=" + file.resolve("below")));
    SparkFaults.check(
        conf(
            "spark.master=local",
            "spark.local.dir=%s,%s".formatted(file.resolve("below"), folder.resolve("new"))));
  }

  @Test
  void aPortOfThePagesIsAPort() {
    for (String port : new String[] {"99999", "80", "http"}) {
      assertRefused(
          Kind.USAGE,
          "invalid spark.ui.port " + port,
          conf("spark.master=local", "spark.ui.enabled=true", "spark.ui.port=" + port));
    }
    SparkFaults.check(conf("spark.master=local", "spark.ui.port=99999"));
    SparkFaults.check(conf("spark.master=local", "spark.ui.enabled=true", "spark.ui.port=0"));
  }

  @Test
  void aMasterThatDoesNotAnswerIsFoundOutAtOnce() throws IOException {
    int free;
    try (ServerSocket master = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SparkFaults.check(conf("spark.master=spark://127.0.0.1:" + master.getLocalPort()));
      SparkFaults.check(
          conf("spark.master=spark://nowhere.invalid:1,127.0.0.1:" + master.getLocalPort()));
      free = master.getLocalPort();
    }
    assertRefused(
        Kind.ENVIRONMENT,
        "cannot reach the Spark master spark://127.0.0.1:%d (Connection refused)".formatted(free),
        conf("spark.master=spark://127.0.0.1:" + free));
    assertRefused(
        Kind.ENVIRONMENT,
        "unknown host nowhere.invalid",
        conf("spark.master=spark://nowhere.invalid:7077"));
  }

  private static void assertTranslated(Exception e, Kind kind, String sentence, String master) {
    assertThat(SparkFaults.translated(e, conf("spark.master=" + master)))
        .isInstanceOfSatisfying(UserException.class, u -> assertThat(u.kind()).isEqualTo(kind))
        .hasMessage(sentence);
  }

  @Test
  void whatSparkSaysIsOneSentence() {
    assertTranslated(
        new IllegalArgumentException(
            "[INVALID_EXECUTOR_MEMORY] Executor memory 1 must be at least 471859200.\nPlease increase it. SQLSTATE: F0000"),
        Kind.USAGE,
        "Spark refuses its settings: Executor memory 1 must be at least 471859200. Please increase it; check the arguments after -- and spark-defaults.conf",
        "local");
    assertTranslated(
        new SparkException("Could not parse Master URL: 'yarn'"),
        Kind.USAGE,
        "the embedded Spark does not support the master yarn; set SPARK_HOME to an installation that does",
        "yarn");
    assertTranslated(
        new BindException("Cannot assign requested address"),
        Kind.ENVIRONMENT,
        "Spark cannot listen on spark.driver.bindAddress (not set) or spark.driver.host (not set) (Cannot assign requested address); name addresses of this machine",
        "local");
    assertTranslated(
        new SparkException("Exception when registering", new ClassNotFoundException("no.such")),
        Kind.USAGE,
        "Spark refuses its settings: no.such; check the arguments after -- and spark-defaults.conf",
        "local");
    assertThat(
            SparkFaults.translated(
                new FileNotFoundException("File file:/no/such does not exist"),
                conf("spark.master=local")))
        .isInstanceOfSatisfying(
            UserException.class, u -> assertThat(u.kind()).isEqualTo(Kind.ENVIRONMENT))
        .hasMessageContaining("/no/such");
  }

  @Test
  void aBugStaysOne() {
    NullPointerException bug = new NullPointerException();
    assertThat(SparkFaults.translated(bug, conf("spark.master=local"))).isSameAs(bug);
  }
}
