package io.reverie.core.weights.onnx;

import io.reverie.core.weights.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * An attribute of a node of an ONNX model. Only the part of its kind is set.
 *
 * @param number the value of an integer or a float
 * @param text the value of a text
 * @param numbers the values of a list of integers or floats
 * @param tensor the value of a tensor
 */
public record OnnxAttribute(
    double number, String text, List<Double> numbers, Optional<Tensor> tensor) {

  public OnnxAttribute {
    numbers = List.copyOf(numbers);
  }
}
