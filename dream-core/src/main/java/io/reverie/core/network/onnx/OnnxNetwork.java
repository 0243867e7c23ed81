package io.reverie.core.network.onnx;

import io.reverie.core.network.graph.Op;
import io.reverie.core.weights.tensor.StateDict;
import java.util.Optional;

/**
 * A network that an ONNX model describes.
 *
 * @param body its operations; every node of the model that computes something of the image is a
 *     layer
 * @param weights the tensors of its steps
 * @param input side of the training images in pixels; the shorter, if they are not square
 * @param logits the layer with a number for each class, before the softmax
 */
public record OnnxNetwork(Op body, StateDict weights, int input, Optional<Logits> logits) {

  /**
   * The layer that tells classes apart.
   *
   * @param layer its name
   * @param count number of classes
   */
  public record Logits(String layer, int count) {}
}
