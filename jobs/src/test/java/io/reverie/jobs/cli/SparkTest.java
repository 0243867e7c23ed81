package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands after -- in the embedded run. */
class SparkTest {

  @TempDir private Path folder;

  @Test
  void withoutWordsAllCoresWorkAndTasksAreRepeated() {
    assertThat(Spark.conf(List.of(), () -> 0).get("spark.master")).isEqualTo("local[*,4]");
  }

  @Test
  void whereThereAreGpusEachGetsOneDreamAtATime() {
    assertThat(Spark.conf(List.of(), () -> 2).get("spark.master")).isEqualTo("local[2,4]");
  }

  @Test
  void whereAMasterIsNamedNobodyAsksForGpus() {
    SparkConf conf = Spark.conf(List.of("--master", "spark://host:7077"), SparkTest::mustNotAsk);
    assertThat(conf.get("spark.master")).isEqualTo("spark://host:7077");
  }

  private static int mustNotAsk() {
    throw new AssertionError("asked for GPUs");
  }

  @Test
  void wordsWinOverTheFileWhereverItStands() throws IOException {
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
        Spark.conf(
            List.of(
                "--master",
                "local[2]",
                "--properties-file",
                file.toString(),
                "--conf",
                "spark.task.maxFailures=2"),
            SparkTest::mustNotAsk);
    assertThat(conf.get("spark.master")).isEqualTo("local[2]");
    assertThat(conf.get("spark.hadoop.fs.s3a.secret.key")).isEqualTo("hidden");
    assertThat(conf.get("spark.task.maxFailures")).isEqualTo("2");
  }

  @Test
  void mistakesAreSentences() throws IOException {
    assertMistake(UserException.Kind.USAGE, "not '--jars'", "--jars", "a.jar");
    assertMistake(UserException.Kind.USAGE, "not '--master'", "--master");
    assertMistake(UserException.Kind.USAGE, "wants KEY=VALUE", "--conf", "spark.cores.max");
    Path absent = folder.resolve("absent.conf");
    assertMistake(
        UserException.Kind.ENVIRONMENT, "absent.conf", "--properties-file", absent.toString());
    Path file = Files.writeString(folder.resolve("s3.conf"), "fs.s3a.access.key mine\n");
    assertMistake(
        UserException.Kind.USAGE, "'fs.s3a.access.key'", "--properties-file", file.toString());
  }

  private static void assertMistake(UserException.Kind kind, String part, String... words) {
    assertThatThrownBy(() -> Spark.conf(List.of(words), SparkTest::mustNotAsk))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(part);
  }
}
