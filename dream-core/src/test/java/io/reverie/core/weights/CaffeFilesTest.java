package io.reverie.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reverie.core.DreamException;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of weights/make_messages.py, whose element i is (i - 3) / 8. */
class CaffeFilesTest {

  private static final Path SQUEEZENET = Path.of("../../shared/models/squeezenet1_0-imagenet.pth");

  @TempDir Path folder;

  static Path file(String name) throws URISyntaxException {
    URI found = CaffeFilesTest.class.getResource("/weights/" + name).toURI();
    return Path.of(found);
  }

  static float[] elements(int count) {
    float[] elements = new float[count];
    for (int i = 0; i < count; i++) {
      elements[i] = (i - 3) / 8f;
    }
    return elements;
  }

  private static void assertElements(StateDict weights, String name, long... shape) {
    Tensor tensor = weights.get(name, shape);
    assertThat(tensor.values()).as(name).containsExactly(elements(tensor.values().length));
  }

  @Test
  void layersOfTodaysFormAreRead() throws Exception {
    StateDict weights = WeightsFile.read(file("layers.caffemodel"));
    assertThat(weights.names())
        .containsExactly(
            "conv/3x3.weight",
            "conv/3x3.bias",
            "bn.weight",
            "bn.bias",
            "bn.2",
            "loss/classifier.weight",
            "loss/classifier.bias");
    assertElements(weights, "conv/3x3.weight", 4, 1, 3, 3);
    assertElements(weights, "conv/3x3.bias", 4);
    assertElements(weights, "bn.2", 1);
    assertElements(weights, "loss/classifier.weight", 5, 4);
    assertElements(weights, "loss/classifier.bias", 5);
  }

  @Test
  void layersOfBefore2015AreReadWithTheirSidesOfOneLeftOut() throws Exception {
    StateDict weights = WeightsFile.read(file("layers-v1.caffemodel"));
    assertElements(weights, "conv.weight", 2, 3, 2, 2);
    assertElements(weights, "conv.bias", 2);
    assertElements(weights, "fc.weight", 5, 2);
    assertElements(weights, "fc.bias", 5);
    assertElements(weights, "one.weight", 1, 1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theImageNetWeightsOfSqueezeNetAreTheSameInCaffesForm(boolean old) throws Exception {
    assumeThat(SQUEEZENET).exists();
    StateDict trained = WeightsFile.read(SQUEEZENET);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    trained.names().forEach(name -> shapes.put(name, trained.get(name).shape()));
    Path file = folder.resolve("squeezenet.caffemodel");
    MessageFiles.caffe(file, shapes, (name, shape) -> trained.get(name), old);
    StateDict converted = WeightsFile.read(file);
    assertThat(converted.names()).hasSameSizeAs(trained.names());
    for (String name : trained.names()) {
      assertThat(converted.get(name, trained.get(name).shape()).values())
          .as(name)
          .isEqualTo(trained.get(name).values());
    }
  }

  @Test
  void aTensorWithoutAllItsValuesIsNamed() {
    byte[] blob =
        MessageFiles.message(
            out -> {
              out.writeByteArray(5, new byte[8]);
              out.writeByteArray(7, MessageFiles.message(shape -> shape.writeInt64(1, 3)));
            });
    assertThatThrownBy(() -> WeightsFile.read("short.caffemodel", layer("conv1", blob)))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("short.caffemodel", "conv1.weight of shape [3] has 2 values");
  }

  @Test
  void aShapeBeyond64BitsAndOneBelowZeroAreNamed() {
    for (long side : new long[] {Long.MAX_VALUE, -1}) {
      byte[] blob =
          MessageFiles.message(
              out -> {
                out.writeByteArray(5, new byte[8]);
                out.writeByteArray(
                    7,
                    MessageFiles.message(
                        shape -> {
                          shape.writeInt64(1, side);
                          shape.writeInt64(1, 4);
                        }));
              });
      assertThatThrownBy(() -> WeightsFile.read("odd.caffemodel", layer("conv1", blob)))
          .isInstanceOf(DreamException.class)
          .hasMessageContainingAll("odd.caffemodel", "conv1.weight");
    }
  }

  @Test
  void aNetworkWithoutWeightsIsNoDamage() {
    byte[] network =
        MessageFiles.message(
            out -> {
              for (int i = 0; i < 3; i++) {
                out.writeByteArray(
                    100, MessageFiles.message(layer -> layer.writeString(1, "data")));
              }
            });
    assertThatThrownBy(() -> WeightsFile.read("empty.caffemodel", network))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("is a Caffe network without weights")
        .hasMessageNotContaining("damaged");
  }

  private static byte[] layer(String name, byte[] blob) {
    return MessageFiles.message(
        out -> {
          out.writeString(1, "network");
          out.writeByteArray(
              100,
              MessageFiles.message(
                  layer -> {
                    layer.writeString(1, name);
                    layer.writeByteArray(7, blob);
                  }));
        });
  }
}
