package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Classifier.Guess;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.core.weights.Containers;
import io.reverie.core.weights.MessageFiles;
import io.reverie.core.weights.WeightsFile;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same weights do the same in every container: SqueezeNet's, which are Caffe's. */
class SameWeightsTest {

  private static final Path SQUEEZENET = Path.of("../../shared/models/squeezenet1_0-imagenet.pth");
  private static final Path CAT = Path.of("../../shared/media/chelsea.png");
  private static final NetworkDescriptor NETWORK = Networks.descriptor("squeezenet1_0");

  @TempDir Path folder;

  @BeforeAll
  static void setThreads() {
    Torch.useOneThread();
  }

  @BeforeEach
  void requireFiles() {
    assumeThat(SQUEEZENET).exists();
    assumeThat(CAT).exists();
  }

  @Test
  void everyContainerGivesTheSameDreamAndTheSameClasses() throws IOException {
    Image cat = image(CAT);
    List<float[]> dreams = new ArrayList<>();
    List<List<Guess>> guesses = new ArrayList<>();
    StateDict weights = WeightsFile.read(SQUEEZENET);
    for (Map.Entry<String, byte[]> file : containers(weights).entrySet()) {
      Path copy = Files.write(folder.resolve("squeezenet." + file.getKey()), file.getValue());
      try (Network network = Networks.load(NETWORK, copy, "", "cpu")) {
        guesses.add(new Classifier(network, NETWORK).classify(cat, 5));
        dreams.add(dream(network));
      }
    }
    assertThat(guesses).hasSize(6).allMatch(guesses.get(0)::equals);
    assertThat(guesses.get(0).get(0).name()).isEqualTo("Egyptian cat");
    assertThat(guesses.get(0).get(0).probability()).isBetween(0.69, 0.73);
    assertThat(dreams).allSatisfy(dream -> assertThat(dream).containsExactly(dreams.get(0)));
  }

  /** Those of PyTorch, and both forms of Caffe's. */
  private Map<String, byte[]> containers(StateDict weights) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(Containers.all(weights));
    Map<String, long[]> shapes = new LinkedHashMap<>();
    weights.names().forEach(name -> shapes.put(name, weights.get(name).shape()));
    for (boolean old : new boolean[] {false, true}) {
      Path file = folder.resolve("caffe");
      MessageFiles.caffe(file, shapes, (name, shape) -> weights.get(name), old);
      all.put(old ? "v1.caffemodel" : "caffemodel", Files.readAllBytes(file));
    }
    return all;
  }

  private static float[] dream(Network network) {
    DreamSpec spec = DreamSpec.of(NETWORK).withIterations(2).withOctaves(2, 1.4);
    float[] grey = new float[96 * 96 * 3];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (i * 31) % 256;
    }
    return new Dreamer(network, spec).dream(new Image(new Size(96, 96), grey)).image().rgb();
  }

  @Test
  void weightsOfCaffesInputsAreKnownByTheirLogitsIfTheKernelIsNot() throws IOException {
    // Fine-tuning changes every value, and with it the hash of the first kernel.
    WeightsFacts facts = Networks.facts(NETWORK, write(scaled("features.0.weight", 1.0001f)), "");
    assertThat(facts.known()).isFalse();
    assertThat(facts.preprocessing()).isEqualTo(Preprocessing.CAFFE);
  }

  @Test
  void weightsOfTorchvisionsInputsAreNotTakenForCaffes() throws IOException {
    // The same network for inputs that were divided by 57: torchvision's.
    WeightsFacts facts = Networks.facts(NETWORK, write(scaled("features.0.weight", 57)), "");
    assertThat(facts.known()).isFalse();
    assertThat(facts.preprocessing()).isEqualTo(NETWORK.preprocessing());
  }

  @Test
  void theFirstKernelTellsTheRelease() throws IOException {
    WeightsFacts facts = Networks.facts(NETWORK, write(WeightsFile.read(SQUEEZENET)), "");
    assertThat(facts.known()).isTrue();
    assertThat(facts.prefix()).isEqualTo("model.");
    assertThat(facts.preprocessing().order()).isEqualTo(Preprocessing.Order.BGR);
  }

  private static StateDict scaled(String name, float factor) {
    StateDict weights = WeightsFile.read(SQUEEZENET);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.names().forEach(each -> tensors.put(each, weights.get(each)));
    float[] values = weights.get(name).values();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    tensors.put(name, new Tensor(weights.get(name).shape(), values));
    return new StateDict("scaled", tensors);
  }

  private Path write(StateDict weights) throws IOException {
    return Files.write(
        folder.resolve("weights.safetensors"), Containers.safetensors(weights, "model."));
  }

  private static Image image(Path file) throws IOException {
    BufferedImage picture = ImageIO.read(file.toFile());
    float[] rgb = new float[3 * picture.getWidth() * picture.getHeight()];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      int argb = picture.getRGB(pixel % picture.getWidth(), pixel / picture.getWidth());
      rgb[i] = argb >> (16 - 8 * (i % 3)) & 255;
    }
    return new Image(new Size(picture.getWidth(), picture.getHeight()), rgb);
  }
}
