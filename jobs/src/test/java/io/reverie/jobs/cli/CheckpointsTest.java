package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say about weights that differ from the network's description. */
class CheckpointsTest {

  /** Has a convolution of 2 channels, and 3 classes; its arguments and scheduler are not read. */
  private static final Path CHECKPOINT =
      Path.of("../dream-core/src/test/resources/weights/trained/model.zip.pth");

  private static final Path PHOTO = Path.of("../video/src/test/media/clouds.png");

  @TempDir private Path folder;

  private String network(String classLayer, String classes) throws IOException {
    return Files.writeString(
            folder.resolve("net.yaml"),
            """
            name: net
            title: a small network
            layer: conv1
            minimumSide: 9
            classes: {layer: %1$s, %2$s}
            preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
            weights: [{uri: net.pth, licence: none}]
            layers:
              - {name: conv1, op: conv, out: 2, kernel: 1}
              - {name: %1$s, op: classifier, out: %3$d}
            """
                .formatted(classLayer, classes, classes.contains("imagenet") ? 1000 : 2))
        .toString();
  }

  @Test
  void anotherNumberOfClassesIsShownAndUsed() throws IOException {
    String network = network("fc", "names: imagenet");
    Files.copy(CHECKPOINT, folder.resolve("net.pth"));
    CommandLineRun shown = CommandLineRun.of("networks", network);
    assertThat(shown.out())
        .contains(
            "assumed: it has 3 classes instead of 1000, which are named by their numbers",
            "preprocessing: RGB, scale 1, mean 0 0 0, std 1 1 1",
            "classes: 3, at fc");
    assertThat(CommandLineRun.of("networks", network, "--classes").out().lines())
        .containsExactly("   0  0", "   1  1", "   2  2");
    CommandLineRun classified =
        CommandLineRun.of("classify", "--network", network, PHOTO.toString());
    assertThat(classified.out().lines()).hasSize(3);
    assertThat(classified.err().lines())
        .containsExactly(
            "reverie: net.pth: it has 3 classes instead of 1000, which are named by their numbers");
  }

  @Test
  void classesThatTheUserNamesMustBeThoseOfTheWeights() throws IOException {
    String network = network("fc", "names: [cat, dog]");
    CommandLineRun run = CommandLineRun.of("networks", network, "--weights", CHECKPOINT.toString());
    assertThat(run.err())
        .contains("have 3 classes, but network net names 2; correct its 'classes'")
        .hasLineCount(1);
  }

  @Test
  void withoutAClassifierThereAreNoClasses() throws IOException {
    String network = network("head", "names: imagenet");
    String weights = CHECKPOINT.toString();
    CommandLineRun shown = CommandLineRun.of("networks", network, "--weights", weights);
    assertThat(shown.out())
        .contains("assumed: it has no classifier ('head' is missing), so it has no classes")
        .doesNotContain("classes: ");
    CommandLineRun classified =
        CommandLineRun.of("classify", "--network", network, "--weights", weights, PHOTO.toString());
    assertThat(classified.err())
        .contains("have no classifier, so they cannot classify; name weights with one");
    assertThat(CommandLineRun.of("networks", network, "--weights", weights, "--classes").err())
        .contains("the weights %s of net have no classes".formatted(weights));
  }

  @Test
  void weightsNeedANetwork() {
    assertThat(CommandLineRun.of("networks", "--weights", "x.pth").err())
        .contains("--weights needs a network; name one first");
  }
}
