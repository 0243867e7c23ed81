package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.core.engine.Torch;
import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.cli.Videos;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way of a GPU's address from the discovery script to the engine, which here has no GPU. */
@ExtendWith(SharedCluster.class)
class GpuAddressIT {

  private static final String LAKE =
      Path.of("../video/src/test/media/lake.jpg").toAbsolutePath().normalize().toString();

  private static final List<String> ONE_EACH =
      List.of(
          "--conf",
          "spark.executor.resource.gpu.amount=1",
          "--conf",
          "spark.task.resource.gpu.amount=1");

  @TempDir private Path folder;

  @BeforeEach
  void skipWhereThereAreGpus() {
    assumeTrue(Torch.gpus() == 0, "the engine has GPUs");
  }

  @Test
  void theAddressReachesTheEngineAndOnlyWhoInsistsFails(LaptopCluster gpus) throws Exception {
    assertThat(run(lake("auto", "here.png")).code()).isZero();
    Program insisting = gpus.submit(lake("gpu", "gpu.png"), ONE_EACH.toArray(String[]::new));
    assertThat(insisting.said())
        .startsWith("reverie: ")
        .contains("lake.jpg: Spark assigned GPU 7, but the engine finds no GPU")
        .hasLineCount(1);
    assertThat(insisting.code()).isEqualTo(3);
    assertThat(folder.resolve("gpu.png")).doesNotExist();
    for (String device : List.of("auto", "cpu")) {
      Program made = gpus.submit(lake(device, device + ".png"), ONE_EACH.toArray(String[]::new));
      assertThat(made.code()).as(made.said()).isZero();
      // Their bytes tell what each was made on.
      assertThat(Videos.still(folder.resolve(device + ".png")))
          .isEqualTo(Videos.still(folder.resolve("here.png")));
    }
  }

  @Test
  void insistingOnAGpuInOneProcessIsOneSentenceForAllItems() {
    CommandLineRun run =
        CommandLineRun.of("images", "--device", "gpu", "../video/src/test/media", folder + "/out");
    assertThat(run.err())
        .startsWith("reverie: --device gpu: the engine finds no GPU on this machine: ")
        .contains("; build with -Dgpu, or use --device auto")
        .hasLineCount(1);
    assertThat(run.code()).isEqualTo(3);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static CommandLineRun run(List<String> words) {
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private List<String> lake(String device, String out) {
    return List.of(
        "images",
        "--quiet",
        "--device",
        device,
        "--size",
        "96x",
        "--octaves",
        "2",
        "--iterations",
        "2",
        LAKE,
        folder.resolve(out).toString());
  }
}
