package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Dockerfile's text; it is built elsewhere. */
class ContainerImageTest {

  /** Lines that end with a backslash joined, comments left out. */
  private static final String TEXT =
      Deployed.read("docker/Dockerfile").replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n *", " ");

  @Test
  void bothTargetsStandOnTheSparkThatWeBuildAgainst() {
    assertThat(TEXT)
        .contains(
            "ARG SPARK_IMAGE=apache/spark:"
                + org.apache.spark.package$.MODULE$.SPARK_VERSION()
                + "-scala2.13-java17-");
    assertThat(TEXT).contains("FROM ${SPARK_IMAGE} AS spark");
    assertThat(stage("cpu")).startsWith("FROM spark AS cpu");
    assertThat(stage("gpu")).startsWith("FROM spark AS gpu").contains("PYTORCH_FLAVOR=cu128");
  }

  @Test
  void bothTargetsAreNobodyAndUnpackNativesWithoutANetwork() {
    for (String target : List.of("cpu", "gpu")) {
      assertThat(stage(target))
          .containsSubsequence("USER 185", "RUN --network=none", "reverie video")
          .doesNotContain("USER root");
    }
  }

  @Test
  void nothingIsDownloadedAtStart() {
    assertThat(TEXT).doesNotContain("ENTRYPOINT").contains("DJL_OFFLINE=true");
    assertThat(TEXT).doesNotContainPattern("curl|wget|https?://");
  }

  @Test
  void everythingThatIsCopiedExistsAndIsLetIntoTheContext() {
    List<String> ignore = Deployed.read("docker/Dockerfile.dockerignore").lines().toList();
    assertThat(ignore).contains("*", "**/target");
    Matcher copies = Pattern.compile("(?m)^COPY (?!--from)(.*) \\S+$").matcher(TEXT);
    assertThat(copies.results().flatMap(copy -> Arrays.stream(copy.group(1).split(" "))))
        .isNotEmpty()
        .allSatisfy(
            source -> {
              assertThat(Deployed.FOLDER.resolveSibling(source)).exists();
              assertThat(ignore).contains("!" + source);
            });
    assertThat(Files.isExecutable(Deployed.FOLDER.resolve("docker/add-jars"))).isTrue();
  }

  private static String stage(String name) {
    Matcher stage =
        Pattern.compile("(?ms)^FROM \\S+ AS " + name + "$.*?(?=^FROM |\\z)").matcher(TEXT);
    assertThat(stage.find()).as(name).isTrue();
    return stage.group();
  }
}
