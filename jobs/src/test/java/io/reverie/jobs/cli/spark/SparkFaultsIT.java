package io.reverie.jobs.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults in Spark's settings: one sentence with the remedy, and no stack trace. */
class SparkFaultsIT {

  private static final Path LAKE = Path.of("../video/src/test/media/lake.jpg");

  @TempDir private Path folder;

  private CommandLineRun run(String... sparks) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("images", "--quiet", "--size", "64x", "--octaves", "1"));
    words.addAll(List.of("--iterations", "1", LAKE.toString()));
    words.addAll(List.of(folder.resolve("out.jpg").toString(), "--"));
    words.addAll(List.of(sparks));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | local[1] | spark.task.cpus=2                  | cpus per task = 2; check",
        "2 | local[1] | spark.executor.memory=100m         | must be at least",
        "2 | local[1] | spark.executor.memory=lots         | lots",
        "2 | local[1] | spark.executor.heartbeatInterval=1h | spark.network.timeout",
        "2 | local[1] | spark.plugins=no.such.Plugin       | no.such.Plugin",
        "2 | local[x] | spark.cores.max=1                  | invalid master 'local[x]'",
        "2 | nonsense | spark.cores.max=1                  | invalid master 'nonsense'",
        "2 | local[1] | spark.executor.resource.gpu.amount=1 | is for clusters",
        "3 | local[1] | spark.driver.bindAddress=192.0.2.1 | spark.driver.bindAddress 192.0.2.1",
        "3 | local[1] | spark.eventLog.enabled=true,spark.eventLog.dir=/no/such | /no/such",
      })
  void eachIsOneSentence(int code, String master, String settings, String part) {
    List<String> sparks = new ArrayList<>(List.of("--master", master));
    Pattern.compile(",")
        .splitAsStream(settings)
        .forEach(setting -> sparks.addAll(List.of("--conf", setting)));
    CommandLineRun run = run(sparks.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).hasLineCount(1).startsWith("reverie: ").contains(part);
    assertThat(folder.resolve("out.jpg")).doesNotExist();
  }

  @Test
  void anUnreachableMasterTakesNoMinute() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    CommandLineRun run =
        run("--master", "spark://127.0.0.1:" + free, "--conf", "spark.authenticate=false");
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).hasLineCount(1).contains("cannot reach the Spark master");
  }

  /** The next context starts in the same process. */
  @Test
  void aFaultLeavesNothingBehind() {
    assertThat(run("--master", "local[1]", "--conf", "spark.task.cpus=9").code()).isEqualTo(2);
    CommandLineRun next = run("--master", "local[1]");
    assertThat(next.code()).as(next.err()).isZero();
    assertThat(Files.exists(folder.resolve("out.jpg"))).isTrue();
  }
}
