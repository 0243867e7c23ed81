package io.reverie.core.weights.onnx;

import java.util.List;
import java.util.Map;

/**
 * An operation of an ONNX model.
 *
 * @param name may be empty, and need not be unique
 * @param operator such as Conv
 * @param inputs names of values; an optional one that is missing is empty
 * @param outputs names of values; an optional one that is missing is empty
 * @param attributes by name
 */
public record OnnxNode(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {

  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }
}
