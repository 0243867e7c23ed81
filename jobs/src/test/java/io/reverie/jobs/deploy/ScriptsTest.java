package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void noFileHoldsASecret() {
    assertThat(Deployed.files())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(SECRET));
  }
}
