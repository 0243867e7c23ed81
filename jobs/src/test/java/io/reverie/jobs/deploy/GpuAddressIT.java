package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.core.engine.Torch;
import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.cli.Videos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way of a GPU's address from the discovery script to the engine, which here has no GPU. */
@ExtendWith(SharedCluster.class)
class GpuAddressIT {

  private static final String CLIP =
      Path.of("../video/src/test/media/clip.mp4").toAbsolutePath().normalize().toString();

  private static final String LAKE =
      Path.of("../video/src/test/media/lake.jpg").toAbsolutePath().normalize().toString();

  /** Spark's words for executors with a GPU each; who holds it is up to us. */
  private static final List<String> ONE_EACH =
      List.of("--conf", "spark.executor.resource.gpu.amount=1");

  @TempDir private Path folder;

  @BeforeEach
  void skipWhereThereAreGpus() {
    assumeTrue(Torch.gpus() == 0, "the engine has GPUs");
  }

  @Test
  void theAddressReachesTheEngineAndOnlyWhoInsistsFails(LaptopCluster gpus) throws Exception {
    assertThat(run(lake("auto", "here.png")).code()).isZero();
    Program insisting = gpus.submit(lake("gpu", "gpu.png"), ONE_EACH.toArray(String[]::new));
    assertThat(insisting.err())
        .startsWith("reverie: ")
        .contains("lake.jpg: Spark assigned GPU 7, but the engine finds no GPU")
        .hasLineCount(1);
    assertThat(insisting.code()).isEqualTo(3);
    assertThat(folder.resolve("gpu.png")).doesNotExist();
    for (String device : List.of("auto", "cpu")) {
      Program made = gpus.submit(lake(device, device + ".png"), ONE_EACH.toArray(String[]::new));
      assertThat(made.code()).as(made.err()).isZero();
      // Their bytes tell what each was made on.
      assertThat(Videos.still(folder.resolve(device + ".png")))
          .isEqualTo(Videos.still(folder.resolve("here.png")));
    }
  }

  @Test
  void onlyDreamsHoldAGpu(LaptopCluster gpus) throws Exception {
    assertThat(held(gpus, folder.resolve("stages")))
        .hasSizeGreaterThanOrEqualTo(4)
        .anySatisfy((stage, gpu) -> assertThat(stage).containsIgnoringCase("seam"))
        .anySatisfy((stage, gpu) -> assertThat(stage).containsIgnoringCase("dreaming"))
        .allSatisfy(
            (stage, gpu) ->
                assertThat(gpu)
                    .as(stage)
                    .isEqualTo(stage.toLowerCase(Locale.ROOT).contains("dreaming") ? 0.25 : 0.0));
  }

  @Test
  void everyTaskHoldsAGpuIfTheUserSaysSo(LaptopCluster gpus) throws Exception {
    String[] all = {"--conf", "spark.task.resource.gpu.amount=1"};
    assertThat(held(gpus, folder.resolve("all"), all))
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy((stage, gpu) -> assertThat(gpu).as(stage).isEqualTo(1.0));
  }

  /** Dreams a video of three segments, and returns what each stage's tasks held of a GPU. */
  private static Map<String, Double> held(LaptopCluster gpus, Path folder, String... sparks)
      throws Exception {
    Files.createDirectory(folder);
    List<String> options = new ArrayList<>(ONE_EACH);
    options.addAll(List.of(sparks));
    options.addAll(EventLog.options(folder));
    List<String> words = new ArrayList<>(List.of("video", "--quiet", "--size", "96x54"));
    words.addAll(List.of("--octaves", "1", "--iterations", "1", "--end", "1"));
    words.addAll(List.of("--set", "video.segment=5", "--set", "video.overlap=1"));
    words.addAll(List.of(CLIP, folder.resolve("clip.mkv").toString()));
    Program made = gpus.submit(words, options.toArray(String[]::new));
    assertThat(made.code()).as(made.err()).isZero();
    return EventLog.read(folder).gpus();
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
