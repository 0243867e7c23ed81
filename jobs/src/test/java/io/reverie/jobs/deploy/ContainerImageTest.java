package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile's text; it is built elsewhere. */
class ContainerImageTest {

  /** Lines that end with a backslash joined, comments left out. */
  private static final String TEXT =
      Deployed.read("docker/Dockerfile").replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n *", " ");

  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @TempDir private Path folder;

  @Test
  void bothTargetsStandOnTheSparkThatWeBuildAgainst() {
    assertThat(Deployed.read("docker/images"))
        .contains(
            "SPARK_IMAGE=apache/spark:"
                + org.apache.spark.package$.MODULE$.SPARK_VERSION()
                + "-scala2.13-java17-");
    assertThat(TEXT).contains("FROM ${SPARK_IMAGE} AS spark");
    assertThat(stage("cpu")).startsWith("FROM spark AS cpu");
    assertThat(stage("gpu")).startsWith("FROM spark AS gpu").contains("PYTORCH_FLAVOR=cu128");
  }

  @Test
  void theGpuImageTakesCudaFromNvidiaAndLibtorchFromMaven() {
    assertThat(Deployed.read("docker/images"))
        .containsPattern("CUDA_IMAGE=nvidia/cuda:12\\.9.*cudnn");
    assertThat(stage("build-gpu")).contains("-Dgpu package");
    // Each that io.reverie.core.engine.cuda.CudaLibrary names.
    for (String library :
        List.of(
            "libcudart.so.12",
            "libcupti.so.12",
            "libnvJitLink.so.12",
            "'libcublas*.so.12'",
            "libcusparse.so.12",
            "libcufft.so.11",
            "libcurand.so.10",
            "libcufile.so.0",
            "'libcudnn*.so.9'")) {
      assertThat(stage("cuda")).contains("-name " + library + " ");
    }
    assertThat(stage("gpu"))
        .contains("COPY --from=cuda /libraries /opt/cuda", "LD_LIBRARY_PATH=/opt/cuda")
        .doesNotContain("PYTORCH_LIBRARY_PATH");
  }

  @Test
  void everyBaseImageIsNamedByItsDigest() {
    List<String> bases =
        Pattern.compile("(?m)^FROM (\\S+)( AS (\\S+))?$")
            .matcher(TEXT)
            .results()
            .map(from -> from.group(1))
            .filter(base -> !TEXT.contains(" AS " + base + "\n"))
            .toList();
    assertThat(bases)
        .containsExactlyInAnyOrder("${MAVEN_IMAGE}", "${CUDA_IMAGE}", "${SPARK_IMAGE}");
    for (String base : bases) {
      String name = base.replaceAll("[${}]", "");
      assertThat(Deployed.read("docker/images")).containsPattern("(?m)^" + name + "=\\S+:\\S+$");
      // No default: what is not given cannot be a tag.
      assertThat(TEXT)
          .containsPattern("(?m)^ARG " + name + "$")
          .doesNotContain("ARG " + name + "=");
      assertThat(TEXT)
          .contains("ARG " + name + "\nRUN case \"$" + name + "\" in *@sha256:*) ;; *) echo");
    }
  }

  @Test
  void whatIsPinnedIsWhatIsBuilt() throws Exception {
    Path docker = Files.createDirectories(folder.resolve("deploy/docker"));
    for (String file : List.of("pin", "build", "images")) {
      Files.copy(
          Deployed.FOLDER.resolve("docker").resolve(file),
          docker.resolve(file),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    String build = docker.resolve("build").toString();
    assertThat(docker(build, "cpu")).returns(3, Program::code);
    assertThat(docker(build, "cpu").err()).contains("no ", "images.lock", "pin");
    assertThat(docker(build, "arm").code()).isEqualTo(2);
    assertThat(docker(docker.resolve("pin").toString()).code()).isZero();
    String spark = Deployed.read("docker/images").replaceAll("(?s).*(SPARK_IMAGE=\\S+).*", "$1");
    assertThat(docker.resolve("images.lock")).content().contains(spark + "@" + DIGEST);
    assertThat(docker(build, "gpu", "--no-cache").out())
        .startsWith("build --target gpu -t reverie:gpu")
        .contains("--build-arg " + spark + "@" + DIGEST)
        .endsWith("--no-cache .\n");
  }

  /** With a docker that tells its words, and one digest for everything. */
  private Program docker(String... words) throws Exception {
    Path fake = folder.resolve("docker");
    Files.writeString(
        fake, "#!/bin/sh\n[ \"$1\" = buildx ] && echo %s || echo \"$@\"\n".formatted(DIGEST));
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    Map<String, String> path = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    return Program.run(path, List.of(words));
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
