package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs in deploy/, as far as they go without a cluster, and what no file there may hold.
 */
class ScriptsTest {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(secret|password|token|access[._]?key)[\\w.]*\"?[ \\t]*[:=][ \\t]*[\"']?[\\w/+]{8,}"
              + "|AKIA[0-9A-Z]{16}|PRIVATE KEY");

  @TempDir private Path folder;

  static Stream<Path> scripts() {
    return Deployed.files().stream()
        .filter(
            file ->
                file.toString().matches(".*/(bin/[^/]+|add-jars|docker/(pin|build)|dist\\.sh)"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void bashUnderstandsThem(Path script) throws Exception {
    assertThat(Program.run("bash", "-n", script.toString())).isEqualTo(new Program(0, "", ""));
    assertThat(Files.isExecutable(script)).isEqualTo(!script.toString().endsWith(".sh"));
  }

  @Test
  void aWrongOptionOfTheClusterIsTwoAndASentence() throws Exception {
    String cluster = Deployed.FOLDER.resolve("bin/cluster").toString();
    assertThat(Program.run(cluster, "start", "--wrokers", "2"))
        .isEqualTo(new Program(2, "", "cluster: unknown option '--wrokers'; see cluster --help\n"));
    assertThat(Program.run(cluster, "start", "--workers", "two").code()).isEqualTo(2);
    assertThat(Program.run(cluster, "status", "--run", folder.toString()).code()).isEqualTo(1);
    assertThat(Program.run(cluster, "stop", "--run", folder.toString()).code()).isZero();
  }

  @Test
  void gpusAreToldAsSparkWantsThem() throws Exception {
    Path driver = folder.resolve("nvidia-smi");
    Files.writeString(driver, "#!/bin/sh\necho 0\necho 1\n");
    assertThat(driver.toFile().setExecutable(true)).isTrue();
    Map<String, String> path = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    String gpus = Deployed.FOLDER.resolve("bin/gpus").toString();
    assertThat(Program.run(path, List.of(gpus)).out())
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}\n");
    Files.writeString(driver, "#!/bin/sh\nexit 9\n");
    assertThat(Program.run(path, List.of(gpus)).code()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({
    "2.12-3.5.6-amzn-2, Spark 3.5.6-amzn-2 in %s was built with Scala 2.12; and Reverie needs 2.13",
    "2.13-3.5.7, %s has Spark 3.5.7; and Reverie runs on Spark 4.0; 4.1 and 4.2",
    "2.13-5.0.0, %s has Spark 5.0.0; and Reverie runs on Spark 4.0; 4.1 and 4.2",
    "'', SPARK_HOME=%s has no bin/spark-submit"
  })
  void aSparkThatDoesNotFitIsThreeAndASentence(String version, String words) throws Exception {
    Path home = spark();
    if (!version.isEmpty()) {
      Files.createFile(home.resolve("jars/spark-core_" + version + ".jar"));
    }
    Program run = reverie(Map.of("SPARK_HOME", home.toString()));
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("reverie: ")
        .contains(words.replace(';', ',').formatted(home))
        .hasLineCount(1);
  }

  /** A folder like Spark's, whose spark-submit prints its arguments. */
  private Path spark() throws IOException {
    Path home = folder.resolve("spark");
    Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(home.resolve("bin"));
    Path submit = home.resolve("bin/spark-submit");
    Files.writeString(submit, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    return home;
  }

  @ParameterizedTest
  @CsvSource({
    "--master spark://far:7077, local:",
    "--master spark://far:7077 --deploy-mode client, local:",
    "--master spark://far:7077 --deploy-mode cluster, file:",
    "--master yarn --conf spark.submit.deployMode=cluster, file:",
    "--master k8s://https://far --deploy-mode cluster, local:"
  })
  void aWorkerFetchesTheApplicationFromAFile(String words, String scheme) throws Exception {
    Path home = spark();
    Files.createFile(home.resolve("jars/spark-core_2.13-4.2.0.jar"));
    Path jar = Files.createFile(home.resolve("jars/reverie.jar"));
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(Deployed.FOLDER.resolve("bin/reverie").toString(), "video", "in", "out", "--"));
    command.addAll(List.of(words.split(" ", -1)));
    Program run = Program.run(Map.of("SPARK_HOME", home.toString()), command);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines()).containsSequence(scheme + jar, "video", "in", "out");
    assertThat(run.out().contains("spark.standalone.submit.waitAppCompletion=true"))
        .isEqualTo(scheme.equals("file:"));
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_422, 8", "11.0.2, 11"})
  void anOldJavaIsThreeAndASentence(String version, String number) throws Exception {
    Path home = folder.resolve("jdk");
    Files.createDirectories(home.resolve("bin"));
    Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nexit 9\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    Program run = reverie(Map.of("JAVA_HOME", home.toString()));
    assertThat(run)
        .isEqualTo(
            new Program(
                3,
                "",
                "reverie: %s has Java %s, and Reverie needs 17 or later; set JAVA_HOME\n"
                    .formatted(home, number)));
  }

  @Test
  void aWrongSparkIsTwoAndASentence() throws Exception {
    assertThat(reverie(Map.of("REVERIE_SPARK", "3.5")))
        .isEqualTo(
            new Program(2, "", "reverie: REVERIE_SPARK must be 4.0, 4.1 or 4.2, not '3.5'\n"));
    String cluster = Deployed.FOLDER.resolve("bin/cluster").toString();
    assertThat(Program.run(cluster, "start", "--spark", "3.5"))
        .isEqualTo(new Program(2, "", "cluster: --spark must be 4.0, 4.1 or 4.2, not '3.5'\n"));
  }

  private static Program reverie(Map<String, String> environment) throws Exception {
    String reverie = Deployed.FOLDER.resolve("bin/reverie").toString();
    return Program.run(environment, List.of(reverie, "--version"));
  }

  @Test
  void noFileHoldsASecret() {
    assertThat(Deployed.files())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(SECRET));
  }
}
