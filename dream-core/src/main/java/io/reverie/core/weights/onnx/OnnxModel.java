package io.reverie.core.weights.onnx;

import io.reverie.core.weights.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The graph and the tensors of an ONNX model. The values of tensors are read on demand.
 *
 * @param origin the file's name in messages
 * @param opset version of the standard operators
 * @param nodes in topological order
 * @param tensors trained tensors by name
 * @param unreadable names of tensors with integers of less than 32 bits or other kinds of numbers
 * @param inputs shapes by name, tensors not included; an unknown dimension is 0
 * @param outputs names of values
 * @param dataFiles names of the files beside the model that hold values
 */
public record OnnxModel(
    String origin,
    long opset,
    List<OnnxNode> nodes,
    Map<String, Tensor> tensors,
    Set<String> unreadable,
    Map<String, List<Long>> inputs,
    List<String> outputs,
    Set<String> dataFiles) {

  public OnnxModel {
    nodes = List.copyOf(nodes);
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    unreadable = Set.copyOf(unreadable);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = List.copyOf(outputs);
    dataFiles = Set.copyOf(dataFiles);
  }
}
