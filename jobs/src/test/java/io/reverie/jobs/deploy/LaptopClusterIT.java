package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.cli.Videos;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The cluster of deploy/bin/cluster: a master, two workers and their executors, each a process. */
@ExtendWith(SharedCluster.class)
class LaptopClusterIT {

  private static final Path SAMPLES =
      Path.of("../video/src/test/media").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void itStartsOnceAndStopsWithoutLeavingItsSecret() throws Exception {
    LaptopCluster cluster =
        LaptopCluster.start(folder.resolve("cluster"), Map.of(), "--workers", "2", "--cores", "1");
    assertThat(cluster.command("status").out())
        .contains(cluster.master(), "master runs", "worker-1 runs", "worker-2 runs");
    assertThat(cluster.command("start").err()).contains("a cluster runs already");
    assertThat(cluster.settings()).exists();
    cluster.close();
    Program status = cluster.command("status");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.err()).contains("no cluster runs in");
    assertThat(cluster.settings()).doesNotExist();
  }

  @Test
  void imagesComeOutTheSameAsWithoutACluster(LaptopCluster cluster) throws Exception {
    Set<Path> earlier = cluster.applications();
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    Program run = cluster.submit(images(there));
    assertThat(run.code()).as(run.err()).isZero();
    // Both workers had an executor, and the libraries were there.
    assertThat(cluster.applicationsBut(earlier))
        .hasSize(2)
        .allSatisfy(work -> assertThat(work).isDirectoryNotContaining("glob:**/pytorch-*.jar"));
    assertThat(CommandLineRun.of(images(here).toArray(String[]::new)).code()).isZero();
    for (String name : List.of("lake.jpg", "forest.jpg", "clouds.png")) {
      // Their bytes tell what each was made on.
      assertThat(Videos.still(there.resolve(name))).isEqualTo(Videos.still(here.resolve(name)));
    }
  }

  private static List<String> images(Path out) {
    return List.of(
        "images",
        "--quiet",
        "--size",
        "96x",
        "--octaves",
        "2",
        "--iterations",
        "2",
        SAMPLES.toString(),
        out.toString());
  }
}
