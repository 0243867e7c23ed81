package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.cli.Videos;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small images, of which tasks do several, on a cluster whose executors are killed. */
@ExtendWith(SharedCluster.class)
class SmallImagesIT {

  private static final int IMAGES = 60;

  /** So many that groups have begun. */
  private static final int BEFORE = 20;

  /** So many that images are still missing when the executors are killed, however fast they are. */
  private static final int ITERATIONS = 40;

  @TempDir private Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void images() throws IOException {
    in = Files.createDirectories(folder.resolve("in"));
    out = folder.resolve("out");
    Random random = new Random(3);
    for (int i = 0; i < IMAGES; i++) {
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, 64, 64, random.ints(64 * 64, 0, 1 << 24).toArray(), 0, 64);
      ImageIO.write(image, "png", in.resolve("%02d.png".formatted(i)).toFile());
    }
  }

  private List<String> words(Path to, String... more) {
    List<String> words = new ArrayList<>(List.of("images", "--quiet", "--set", "octaves.count=1"));
    words.addAll(List.of("--set", "iterations=" + ITERATIONS));
    words.addAll(List.of(more));
    words.addAll(List.of(in.toString(), to.toString()));
    return words;
  }

  /** The results that are there, with the time when each was written. */
  private Map<String, FileTime> results() throws IOException {
    Map<String, FileTime> results = new TreeMap<>();
    if (Files.exists(out)) {
      try (Stream<Path> files = Files.list(out)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          if (name.endsWith(".png") && Files.size(file) > 0) {
            results.put(name, Files.getLastModifiedTime(file));
          }
        }
      }
    }
    return results;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--overwrite"})
  void whatAKilledExecutorHasFinishedIsNeitherLostNorRepeated(
      String overwrite, LaptopCluster cluster) throws Exception {
    String[] more = overwrite.isEmpty() ? new String[0] : new String[] {overwrite};
    Map<String, FileTime> finished;
    try (RunningProgram program = submit(cluster, words(out, more))) {
      program.await("results", () -> results().size() >= BEFORE);
      for (String worker : List.of("worker-1.pid", "worker-2.pid")) {
        RunningProgram.signal(KilledRunIT.executorOf(cluster.run().resolve(worker)), "KILL");
      }
      finished = results();
      Program end = program.end();
      assertThat(end.code()).as(end.err()).isZero();
      // It was at work when it was killed.
      assertThat(end.err()).contains("Lost executor").contains("Lost task");
    }
    assertThat(results()).hasSize(IMAGES).containsAllEntriesOf(finished);
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(CommandLineRun.of(words(undisturbed).toArray(String[]::new)).code()).isZero();
    for (String name : results().keySet()) {
      assertThat(Videos.still(out.resolve(name)))
          .isEqualTo(Videos.still(undisturbed.resolve(name)));
    }
  }

  private static RunningProgram submit(LaptopCluster cluster, List<String> ours) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Deployed.FOLDER.resolve("bin/reverie").toString());
    words.addAll(ours);
    words.addAll(List.of("--", "--master", cluster.master()));
    for (String conf :
        List.of(
            "spark.executor.memory=1g",
            "spark.log.level=WARN",
            "spark.scheduler.minRegisteredResourcesRatio=1.0")) {
      words.addAll(List.of("--conf", conf));
    }
    return RunningProgram.start(Map.of("SPARK_HOME", cluster.home()), words);
  }
}
