package io.reverie.jobs.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** What stands after -- in the embedded run. */
class SparkStarterTest {

  @TempDir private Path folder;

  @Test
  void withoutWordsAllCoresWorkAndTasksAreRepeated() {
    assertThat(SparkStarter.conf(List.of(), () -> 0).get("spark.master")).isEqualTo("local[*,4]");
  }

  @Test
  void whereThereAreGpusEachGetsOneDreamAtATime() {
    assertThat(SparkStarter.conf(List.of(), () -> 2).get("spark.master")).isEqualTo("local[2,4]");
  }

  @Test
  void executorsArePreparedByAPluginBesideTheUsersOwn() {
    String ours = "io.reverie.jobs.process.ExecutorSetup,io.reverie.jobs.operation.Metrics";
    assertThat(SparkStarter.conf(List.of(), () -> 0).get("spark.plugins")).isEqualTo(ours);
    List<String> theirs = List.of("--conf", "spark.plugins=a.Plugin");
    assertThat(SparkStarter.conf(theirs, () -> 0).get("spark.plugins"))
        .isEqualTo("a.Plugin," + ours);
  }

  @Test
  void gpusAreNotCountedIfAMasterIsConfigured() {
    SparkConf conf =
        SparkStarter.conf(List.of("--master", "spark://host:7077"), SparkStarterTest::mustNotAsk);
    assertThat(conf.get("spark.master")).isEqualTo("spark://host:7077");
  }

  private static int mustNotAsk() {
    throw new AssertionError("asked for GPUs");
  }

  @Test
  void executorsHaveTheKeysOfTheEnvironmentUnlessOthersAreConfigured() {
    Map<String, String> environment =
        Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "s", "AWS_SESSION_TOKEN", "t");
    SparkConf bare = new SparkConf(false);
    SparkStarter.shareKeys(bare, environment);
    assertThat(bare.get("spark.hadoop.fs.s3a.access.key")).isEqualTo("id");
    assertThat(bare.get("spark.hadoop.fs.s3a.secret.key")).isEqualTo("s");
    assertThat(bare.get("spark.hadoop.fs.s3a.session.token")).isEqualTo("t");
    SparkConf configured = new SparkConf(false).set("spark.hadoop.fs.s3a.access.key", "other");
    SparkStarter.shareKeys(configured, environment);
    assertThat(configured.getAll()).hasSize(1);
    SparkConf half = new SparkConf(false);
    SparkStarter.shareKeys(half, Map.of("AWS_ACCESS_KEY_ID", "id"));
    assertThat(half.getAll()).isEmpty();
  }

  @Test
  void sparkShowsNoSecretOfAStore() {
    SparkConf conf = SparkStarter.conf(List.of(), () -> 0);
    List<Tuple2<String, String>> settings =
        Stream.of(
                "fs.s3a.encryption.key",
                "fs.s3a.bucket.b.server-side-encryption.key",
                "fs.azure.account.key.me",
                "fs.s3a.session.token",
                "fs.s3a.access.key",
                "fs.s3a.endpoint")
            .map(key -> new Tuple2<>("spark.hadoop." + key, "hidden"))
            .toList();
    assertThat(
            CollectionConverters.asJava(
                Utils.redact(conf, CollectionConverters.asScala(settings).toSeq())))
        .filteredOn(setting -> setting._2().equals("hidden"))
        .extracting(Tuple2::_1)
        .containsExactly("spark.hadoop.fs.s3a.endpoint");
  }

  @Test
  void argumentsTakePrecedenceOverTheFileInAnyOrder() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("spark.conf"),
            """
            # a comment
            spark.master              local[3]
            spark.hadoop.fs.s3a.secret.key  hidden
            spark.task.maxFailures    7
            """);
    SparkConf conf =
        SparkStarter.conf(
            List.of(
                "--master",
                "local[2]",
                "--properties-file",
                file.toString(),
                "--conf",
                "spark.task.maxFailures=2"),
            SparkStarterTest::mustNotAsk);
    assertThat(conf.get("spark.master")).isEqualTo("local[2]");
    assertThat(conf.get("spark.hadoop.fs.s3a.secret.key")).isEqualTo("hidden");
    assertThat(conf.get("spark.task.maxFailures")).isEqualTo("2");
  }

  @Test
  void oneProcessListensOnLoopbackAndWantsASecret() {
    for (String master : List.of("local", "local[2]", "local[*,4]")) {
      SparkConf conf = SparkStarter.conf(List.of("--master", master), SparkStarterTest::mustNotAsk);
      assertThat(conf.get("spark.authenticate")).isEqualTo("true");
      assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
      assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
      assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
      assertThat(conf.contains("spark.authenticate.secret")).isFalse();
    }
    List<String> told =
        List.of(
            "--master",
            "local[2]",
            "--conf",
            "spark.driver.host=::1",
            "--conf",
            "spark.authenticate=false");
    SparkConf conf = SparkStarter.conf(told, SparkStarterTest::mustNotAsk);
    assertThat(conf.get("spark.driver.host")).isEqualTo("::1");
    assertThat(conf.get("spark.authenticate")).isEqualTo("false");
  }

  @Test
  void clustersKeepTheirOwnSettings() {
    for (String master : List.of("spark://host:7077", "yarn", "k8s://https://host")) {
      SparkConf conf = SparkStarter.conf(List.of("--master", master), SparkStarterTest::mustNotAsk);
      assertThat(conf.contains("spark.authenticate")).isFalse();
      assertThat(conf.contains("spark.driver.bindAddress")).isFalse();
    }
  }

  @Test
  void aStandaloneClusterThatAuthenticatesNeedsItsSecret() throws IOException {
    List<String> words =
        List.of("--master", "spark://host:7077", "--conf", "spark.authenticate=true");
    assertMistake(
        UserException.Kind.USAGE, "spark.authenticate.secret", words.toArray(String[]::new));
    Path file =
        Files.writeString(folder.resolve("secret.conf"), "spark.authenticate.secret hidden\n");
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--properties-file", file.toString()));
    assertThat(
            SparkStarter.conf(all, SparkStarterTest::mustNotAsk).get("spark.authenticate.secret"))
        .isEqualTo("hidden");
  }

  @Test
  void mistakesAreOneSentence() throws IOException {
    assertMistake(UserException.Kind.USAGE, "'--jars'", "--jars", "a.jar");
    assertMistake(UserException.Kind.USAGE, "'--master'", "--master");
    assertMistake(UserException.Kind.USAGE, "expected KEY=VALUE", "--conf", "spark.cores.max");
    Path absent = folder.resolve("absent.conf");
    assertMistake(
        UserException.Kind.ENVIRONMENT, "absent.conf", "--properties-file", absent.toString());
    Path file = Files.writeString(folder.resolve("s3.conf"), "fs.s3a.access.key mine\n");
    assertMistake(
        UserException.Kind.USAGE, "'fs.s3a.access.key'", "--properties-file", file.toString());
  }

  private static void assertMistake(UserException.Kind kind, String part, String... words) {
    assertThatThrownBy(() -> SparkStarter.conf(List.of(words), SparkStarterTest::mustNotAsk))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(part);
  }
}
