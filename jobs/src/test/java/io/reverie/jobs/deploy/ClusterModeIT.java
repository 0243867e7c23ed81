package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.cli.Videos;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code --deploy-mode cluster}: the master starts the driver on a worker. */
@ExtendWith(SharedCluster.class)
class ClusterModeIT {

  private static final String CLIP =
      Path.of("../video/src/test/media/clip.mp4").toAbsolutePath().normalize().toString();

  private static final List<String> CLUSTER =
      List.of("--deploy-mode", "cluster", "--conf", "spark.driver.memory=512m");

  @TempDir private Path folder;

  @Test
  void theDriverRunsOnAWorkerAndItsSecretIsNoWhere(LaptopCluster cluster) throws Exception {
    Path here = folder.resolve("here.mkv");
    Path there = folder.resolve("there.mkv");
    CommandLineRun run =
        CommandLineRun.of(SmallDream.video(CLIP, here.toString()).toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    Set<Path> earlier = drivers(cluster);
    VisibleProcesses visible = new VisibleProcesses();
    Program submitted =
        cluster.submit(Map.of(), SmallDream.video(CLIP, there.toString()), CLUSTER, visible::look);
    assertThat(submitted.code()).as(submitted.err()).isZero();
    assertThat(driversBut(cluster, earlier)).hasSize(1);
    assertThat(Videos.hashes(there)).isEqualTo(Videos.hashes(here));
    Properties settings = new Properties();
    settings.load(new StringReader(Files.readString(cluster.settings())));
    String secret = settings.getProperty("spark.authenticate.secret");
    assertThat(visible.commandLines())
        .anyMatch(line -> line.contains("DriverWrapper"))
        .noneMatch(line -> line.contains(secret));
  }

  @Test
  void aRunThatFailsSaysWhyOnItsWorker(LaptopCluster cluster) throws Exception {
    Set<Path> earlier = drivers(cluster);
    List<String> words = SmallDream.video(folder + "/none.mp4", folder + "/out.mp4");
    Program submitted = cluster.submit(words, CLUSTER.toArray(String[]::new));
    // Spark's own: it waits for the end, whatever that is.
    assertThat(submitted.code()).isZero();
    assertThat(driversBut(cluster, earlier))
        .singleElement()
        .satisfies(
            driver ->
                assertThat(Files.readString(driver.resolve("stderr")))
                    .contains("reverie: ")
                    .contains("none.mp4 does not exist; check the path"));
  }

  /** The folders of the drivers that ran here. */
  private static Set<Path> drivers(LaptopCluster cluster) throws IOException {
    try (Stream<Path> all = Files.walk(cluster.run(), 2)) {
      return all.filter(path -> path.getFileName().toString().startsWith("driver-"))
          .collect(Collectors.toSet());
    }
  }

  private static Set<Path> driversBut(LaptopCluster cluster, Set<Path> earlier) throws IOException {
    Set<Path> later = drivers(cluster);
    later.removeAll(earlier);
    return later;
  }
}
