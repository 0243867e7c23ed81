package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.onnx.OnnxImporter;
import io.reverie.core.network.onnx.OnnxNetwork;
import io.reverie.core.weights.ProtobufMutator;
import io.reverie.core.weights.onnx.OnnxFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A changed ONNX model is either refused in one sentence, quickly and with little memory, or makes
 * a network whose layers have the shapes that it lists.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileOnnxTest {

  private static final int INPUTS = 1500;
  private static final long SECOND = 1_000_000_000;
  private static final long MAX_BYTES = 200 << 20;
  private static final int LONGEST_SENTENCE = 1500;

  /** Layers that are run; larger ones are what the model asks for, and only slow the test down. */
  private static final long MOST_VALUES = 1 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  @BeforeAll
  static void setThreads() {
    Torch.useOneThread();
  }

  @Test
  void changedModelsAreRefusedInOneSentenceOrRun() throws Exception {
    List<byte[]> models = models();
    ProtobufMutator mutator = new ProtobufMutator(1);
    SplittableRandom random = new SplittableRandom(2);
    int ran = 0;
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] changed = mutator.changed(models.get(random.nextInt(models.size())));
      Path file = Files.write(folder.resolve("hostile.onnx"), changed);
      try {
        if (runs(read(file), i)) {
          ran++;
        }
      } catch (DreamException e) {
        refused++;
        assertThat(e.getMessage())
            .hasSizeLessThan(LONGEST_SENTENCE)
            .doesNotContain("\n")
            .contains("hostile.onnx");
      }
    }
    assertThat(ran).isGreaterThan(INPUTS / 10);
    assertThat(refused).isGreaterThan(INPUTS / 10);
  }

  private static List<byte[]> models() throws Exception {
    List<byte[]> models = new ArrayList<>();
    try (Stream<Path> files = Files.list(OnnxZooTest.file("vgg").getParent())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList()) {
        models.add(Files.readAllBytes(file));
      }
    }
    return models;
  }

  private OnnxNetwork read(Path file) throws IOException {
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    long time = THREADS.getCurrentThreadCpuTime();
    try {
      return OnnxImporter.of(OnnxFile.read(file));
    } finally {
      assertThat(THREADS.getCurrentThreadCpuTime() - time).as("time").isLessThan(2 * SECOND);
      assertThat(THREADS.getThreadAllocatedBytes(thread) - allocated)
          .as("memory")
          .isLessThan(MAX_BYTES);
    }
  }

  private static boolean runs(OnnxNetwork onnx, int number) {
    try (Network network = OnnxZooTest.network(onnx, DataType.FLOAT32);
        NDManager scope = network.manager().newSubManager()) {
      Size size = new Size(64, 64);
      List<Layer> layers = network.layers(size);
      boolean large =
          layers.stream().anyMatch(l -> l.channels() * l.height() * l.width() > MOST_VALUES);
      if (large || layers.isEmpty()) {
        return false;
      }
      NDArray image = scope.full(new Shape(1, 64, 64, 3), 0.25f, DataType.FLOAT32);
      Map<String, NDArray> found =
          Torch.withoutGradient(
              () ->
                  network.activations(
                      image, layers.stream().map(Layer::name).collect(Collectors.toSet())));
      for (Layer layer : layers) {
        assertThat(found.get(layer.name()).getShape())
            .as("%d: %s", number, layer.name())
            .isEqualTo(new Shape(1, layer.channels(), layer.height(), layer.width()));
      }
      return true;
    } catch (ai.djl.engine.EngineException e) {
      return fail("input %d".formatted(number), e);
    }
  }
}
