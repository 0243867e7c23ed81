package io.reverie.core.network.onnx;

import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.operation.Activation.Function;
import io.reverie.core.network.graph.operation.GlobalMaxPool;
import io.reverie.core.network.onnx.Value.Maps;
import io.reverie.core.network.onnx.Value.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The operators of ONNX that image classifiers use (onnx.ai/onnx/operators). */
final class Operators {

  private final ConstantOperators constants;
  private final WindowOperators windows;
  private final ValueOperators values;
  private final ShapeOperators shapes;

  Operators(GraphBuilder graph) {
    this.constants = new ConstantOperators(graph);
    this.windows = new WindowOperators(graph);
    this.values = new ValueOperators(graph);
    this.shapes = new ShapeOperators(graph, windows);
  }

  /**
   * Adds the steps of a node.
   *
   * @param flattened whether its result is only flattened
   * @return its outputs
   */
  List<? extends Value> run(Operation operation, BooleanSupplier flattened) {
    if (operation.operator().equals("Split")) {
      return shapes.split(operation);
    }
    boolean constant =
        operation.inputs().stream().flatMap(Optional::stream).allMatch(Numbers.class::isInstance);
    return List.of(constant ? constant(operation) : one(operation, flattened));
  }

  private Numbers constant(Operation operation) {
    return switch (operation.operator()) {
      case "Constant" -> constants.constant(operation);
      case "ConstantOfShape" -> constants.constantOfShape(operation);
      case "Identity", "Dropout" -> operation.numbers(0);
      case "Cast" -> constants.cast(operation);
      case "Reshape", "Squeeze", "Unsqueeze" -> constants.reshaped(operation);
      case "Transpose" -> constants.transposed(operation);
      case "Gather" -> constants.gather(operation);
      case "Slice" -> constants.slice(operation);
      case "Concat" -> constants.concatenation(operation);
      case "ReduceProd" -> constants.product(operation);
      case "Add", "Sub", "Mul", "Div" -> constants.arithmetic(operation);
      default -> throw operation.refused("is not supported on constants");
    };
  }

  private Value one(Operation operation, BooleanSupplier flattened) {
    return switch (operation.operator()) {
      case "Conv" -> windows.convolution(operation);
      case "MaxPool" -> windows.maxPool(operation);
      case "AveragePool" -> windows.averagePool(operation, flattened.getAsBoolean());
      case "Pad" -> windows.pad(operation);
      case "GlobalAveragePool" -> shapes.globalAveragePool(operation);
      case "GlobalMaxPool" -> shapes.globalMaxPool(operation);
      case "ReduceMean" -> shapes.reduced(new Step.AdaptivePool(1), operation);
      case "ReduceMax" -> shapes.reduced(new GlobalMaxPool(), operation);
      case "BatchNormalization" -> values.batchNorm(operation);
      case "LRN" -> values.responseNorm(operation);
      case "Gemm" -> values.gemm(operation);
      case "MatMul" -> values.product(operation);
      case "Softmax" -> values.softmax(false, operation);
      case "LogSoftmax" -> values.softmax(true, operation);
      case "Reshape" -> shapes.reshape(operation);
      case "Flatten" -> shapes.flatten(operation);
      case "Squeeze" -> shapes.squeeze(operation);
      case "Unsqueeze" -> shapes.unsqueeze(operation);
      case "Transpose" -> shapes.transpose(operation);
      case "Slice" -> shapes.slice(operation);
      case "Gather" -> shapes.gather(operation);
      case "Shape" -> constants.shape(operation);
      case "Identity", "Dropout", "Cast" -> operation.maps(0);
      default -> function(operation);
    };
  }

  private Maps function(Operation operation) {
    return switch (operation.operator()) {
      case "Relu" -> values.relu(operation);
      case "LeakyRelu" ->
          values.activation(Function.LEAKY_RELU, operation.number("alpha", 0.01f), 0, operation);
      case "Elu" -> values.activation(Function.ELU, operation.number("alpha", 1), 0, operation);
      case "PRelu" -> values.parametricRelu(operation);
      case "Clip" -> values.clip(operation);
      case "Sigmoid" -> values.activation(Function.SIGMOID, 0, 0, operation);
      case "Tanh" -> values.activation(Function.TANH, 0, 0, operation);
      case "HardSigmoid" ->
          values.activation(
              Function.HARD_SIGMOID,
              operation.number("alpha", 0.2f),
              operation.number("beta", 0.5),
              operation);
      case "HardSwish" -> values.activation(Function.HARD_SWISH, 1.0 / 6, 0.5, operation);
      case "Add", "Sum" -> values.join(Join.SUM, operation);
      case "Sub" -> values.join(Join.DIFFERENCE, operation);
      case "Mul" -> values.join(Join.PRODUCT, operation);
      case "Div" -> values.join(Join.QUOTIENT, operation);
      case "Max" -> values.join(Join.MAXIMUM, operation);
      case "Min" -> values.join(Join.MINIMUM, operation);
      case "Concat" -> values.concatenation(operation);
      default ->
          throw operation.refused(
              "needs an operator that is not supported; see docs/networks.md for those that are");
    };
  }
}
