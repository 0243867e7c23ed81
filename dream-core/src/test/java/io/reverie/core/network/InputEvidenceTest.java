package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.weights.WeightsFile;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The evidence of the logits in a second trained network, the embedded one, which was trained on
 * drawings; its thresholds come from SqueezeNet, see {@link SameWeightsTest}.
 */
class InputEvidenceTest {

  private static final NetworkDescriptor EMBEDDED = Networks.descriptor("embedded");
  private static final String KERNEL = "conv1.weight";
  private static final String BIAS = "conv1.bias";

  private static StateDict weights;

  @BeforeAll
  static void read() throws IOException {
    String uri = EMBEDDED.weights().get(0).uri();
    try (InputStream in = Networks.resource(uri)) {
      weights = WeightsFile.read(uri, in.readAllBytes());
    }
  }

  @Test
  void aNetworkOfNormalisedInputsIsNotTakenForCaffes() {
    assertThat(InputEvidence.isCaffe(EMBEDDED, weights)).isFalse();
  }

  @Test
  void theSameNetworkForCaffesInputsIsRecognised() {
    assertThat(InputEvidence.isCaffe(EMBEDDED, forCaffe(1))).isTrue();
  }

  /** Fine-tuning rarely changes the norm of a kernel by more than this. */
  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1.5})
  void theMarginsCoverOtherContrasts(double factor) {
    assertThat(InputEvidence.isCaffe(EMBEDDED, forCaffe(factor))).isTrue();
    assertThat(InputEvidence.isCaffe(EMBEDDED, changed(factor, 1, 0, false))).isFalse();
  }

  /** The network that computes the same of BGR in 0..255 minus Caffe's means. */
  private static StateDict forCaffe(double factor) {
    Preprocessing own = EMBEDDED.preprocessing();
    double scale = own.scale() / own.std().get(0);
    // The means of the colours differ by less than their average does from the own mean.
    double mean = Preprocessing.CAFFE.mean().stream().mapToDouble(each -> each).average().orElse(0);
    double shift = (mean * own.scale() - own.mean().get(0)) / own.std().get(0);
    return changed(factor, scale, shift, true);
  }

  /**
   * Multiplies the first kernel, reverses its colours, and adds to the biases what a constant in
   * all inputs would.
   */
  private static StateDict changed(double factor, double scale, double shift, boolean bgr) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.names().forEach(name -> tensors.put(name, weights.get(name)));
    Tensor kernel = weights.get(KERNEL);
    float[] before = kernel.values();
    float[] values = before.clone();
    float[] biases = weights.get(BIAS).values().clone();
    int each = before.length / biases.length;
    int area = each / 3;
    for (int i = 0; i < before.length; i++) {
      int colour = i % each / area;
      int from = bgr ? i + (2 - 2 * colour) * area : i;
      values[i] = (float) (before[from] * factor * scale);
      biases[i / each] += (float) (before[i] * factor * shift);
    }
    tensors.put(KERNEL, new Tensor(kernel.shape(), values));
    tensors.put(BIAS, new Tensor(weights.get(BIAS).shape(), biases));
    return new StateDict("changed", tensors);
  }
}
