package io.reverie.core.network.onnx;

import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.operation.Activation;
import io.reverie.core.network.graph.operation.Activation.Function;
import io.reverie.core.network.graph.operation.Constant;
import io.reverie.core.network.graph.operation.FullyConnected;
import io.reverie.core.network.graph.operation.Normalization;
import io.reverie.core.network.graph.operation.ParametricRelu;
import io.reverie.core.network.graph.operation.ResponseNorm;
import io.reverie.core.network.graph.operation.Softmax;
import io.reverie.core.network.onnx.Value.Maps;
import io.reverie.core.network.onnx.Value.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Functions of each value, joins, normalisations and fully connected layers. */
final class ValueOperators {

  /** Squares of channels are summed with a matrix of this side. */
  private static final int MOST_NORMED = 4096;

  private static final int SOFTMAX_OF_ONE_AXIS = 13;
  private static final int BROADCAST_AS_NUMPY = 7;

  private final GraphBuilder graph;

  ValueOperators(GraphBuilder graph) {
    this.graph = graph;
  }

  Maps relu(Operation operation) {
    return each(new Step.Relu(), operation);
  }

  Maps activation(Function function, double a, double b, Operation operation) {
    return each(new Activation(function, a, b), operation);
  }

  private Maps each(Step step, Operation operation) {
    return graph.each(step, operation.maps(0), operation);
  }

  Maps clip(Operation operation) {
    double least = operation.number("min", 1, Double.NEGATIVE_INFINITY);
    double most = operation.number("max", 2, Double.POSITIVE_INFINITY);
    return activation(Function.CLIP, least, most, operation);
  }

  Maps parametricRelu(Operation operation) {
    Maps in = operation.maps(0);
    Numbers slopes = operation.numbers(1);
    int channels = channels(slopes, 0, in.layout(), in.channels(), operation);
    return each(new ParametricRelu(slopes.key(), channels), operation);
  }

  /** Joins values with each other or with constants. */
  Maps join(Join join, Operation operation) {
    Value result = operation.input(0);
    for (int i = 1; i < operation.inputs().size(); i++) {
      result = joined(join, result, operation.input(i), operation);
    }
    if (result instanceof Maps maps) {
      return maps;
    }
    throw operation.refused("has only constants");
  }

  private Value joined(Join join, Value a, Value b, Operation operation) {
    if (a instanceof Maps x && b instanceof Maps y) {
      Layout layout =
          x.layout()
              .broadcast(y.layout())
              .orElseThrow(() -> operation.refused("joins tensors of different layouts"));
      return graph.join(join, List.of(x, y), layout, operation);
    }
    if (a instanceof Maps x && b instanceof Numbers constant) {
      return withConstant(join, x, constant, false, operation);
    }
    if (a instanceof Numbers constant && b instanceof Maps x) {
      return withConstant(join, x, constant, true, operation);
    }
    throw operation.refused("joins two constants");
  }

  private Maps withConstant(
      Join join, Maps x, Numbers constant, boolean first, Operation operation) {
    Layout layout = x.layout();
    while (layout.rank() < constant.rank()) {
      layout = layout.with(0);
    }
    int after = trailing(constant, layout, operation);
    int channels = channels(constant, after, layout, x.channels(), operation);
    if (constant.sized().length > 0) {
      operation.values(constant);
    }
    Step step = new Constant(join, constant.key(), channels, first);
    return graph.each(step, x.with(layout), operation);
  }

  /** Returns the sides after a constant's last; before version 7 the first could be named. */
  private static int trailing(Numbers constant, Layout layout, Operation operation) {
    return operation.opset() < BROADCAST_AS_NUMPY && operation.hasAttribute("axis")
        ? layout.rank() - constant.rank() - operation.integer("axis", 0)
        : 0;
  }

  /**
   * Returns 1 for a single number and the number of channels for one per channel.
   *
   * @param after sides of the other tensor after the constant's last
   */
  private static int channels(
      Numbers constant, int after, Layout layout, int channels, Operation operation) {
    long[] shape = constant.tensor().shape();
    int found = 1;
    for (int i = 1; i <= shape.length; i++) {
      long length = shape[shape.length - i];
      if (length != 1) {
        int side = layout.rank() - i - after;
        if (length != channels
            || side < 0
            || side >= layout.rank()
            || !layout.isChannels(side, channels)) {
          throw operation.refused(
              "has a constant of shape %s, which is neither one number nor one for each channel"
                  .formatted(Arrays.toString(shape)));
        }
        found = channels;
      }
    }
    return found;
  }

  Maps concatenation(Operation operation) {
    List<Maps> parts = new ArrayList<>();
    for (int i = 0; i < operation.inputs().size(); i++) {
      parts.add(operation.maps(i));
    }
    int rank = parts.get(0).layout().rank();
    int side = operation.side(operation.integer("axis", 1), rank);
    List<Maps> ready = rank == 2 ? flat(parts, operation) : parts;
    Layout layout = ready.get(0).layout();
    long all = 0;
    for (Maps part : ready) {
      Layout own = part.layout();
      if (own.rank() != rank || !own.isChannels(side, part.channels()) || !fit(own, layout, side)) {
        throw operation.refused("concatenates along a dimension other than the channels");
      }
      all += part.channels();
    }
    List<List<Axis>> sides = new ArrayList<>(layout.sides());
    sides.set(side, all == 1 ? List.of() : List.of(new Axis(Axis.Kind.CHANNEL, all)));
    return graph.join(Join.CONCAT, ready, new Layout(sides), operation);
  }

  private List<Maps> flat(List<Maps> parts, Operation operation) {
    return parts.stream().map(part -> graph.vector(part, operation)).toList();
  }

  private static boolean fit(Layout a, Layout b, int except) {
    for (int side = 0; side < a.rank(); side++) {
      if (side != except && !a.sides().get(side).equals(b.sides().get(side))) {
        return false;
      }
    }
    return true;
  }

  Maps batchNorm(Operation operation) {
    Maps in = operation.maps(0);
    int channels = in.channels();
    if (in.layout().rank() < 2 || !in.layout().isChannels(1, channels)) {
      throw operation.refused("normalises a dimension other than the channels");
    }
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      Numbers numbers = operation.numbers(i);
      if (numbers.rank() != 1 || numbers.count() != channels) {
        throw operation.refused(
            "has %d numbers for %d channels".formatted(numbers.count(), channels));
      }
      keys.add(numbers.key());
    }
    Normalization.Tensors tensors =
        new Normalization.Tensors(keys.get(0), keys.get(1), keys.get(2), keys.get(3));
    double epsilon = operation.number("epsilon", 1e-5f);
    return each(new Normalization(tensors, channels, epsilon), operation);
  }

  Maps responseNorm(Operation operation) {
    Maps in = graph.maps(operation.maps(0), operation);
    if (in.channels() > MOST_NORMED) {
      throw operation.refused("normalises more than %d channels".formatted(MOST_NORMED));
    }
    try {
      return graph.step(
          new ResponseNorm(
              "norm " + graph.nodes(),
              in.channels(),
              operation.integer("size", 1),
              operation.number("alpha", 1e-4f),
              operation.number("beta", 0.75),
              operation.number("bias", 1)),
          in,
          operation);
    } catch (IllegalArgumentException e) {
      throw operation.refused("is impossible: " + e.getMessage());
    }
  }

  Maps softmax(boolean logarithm, Operation operation) {
    Maps in = operation.maps(0);
    Layout layout = in.layout();
    boolean one = operation.opset() >= SOFTMAX_OF_ONE_AXIS;
    int axis = operation.side(operation.integer("axis", one ? -1 : 1), layout.rank());
    boolean fits = layout.isChannels(axis, in.channels());
    for (int side = axis + 1; !one && side < layout.rank(); side++) {
      fits &= layout.sides().get(side).isEmpty();
    }
    if (!fits) {
      throw operation.refused("is not over the channels alone");
    }
    return each(new Softmax(logarithm), operation);
  }

  Maps gemm(Operation operation) {
    if (operation.integer("transA", 0) != 0) {
      throw operation.refused("transposes its first input");
    }
    double alpha = operation.number("alpha", 1);
    double beta = operation.number("beta", 1);
    boolean transposed = operation.integer("transB", 0) != 0;
    return connected(operation, transposed, alpha, operation.optionalNumbers(2), beta);
  }

  Maps product(Operation operation) {
    return connected(operation, false, 1, Optional.empty(), 1);
  }

  private Maps connected(
      Operation operation, boolean transposed, double alpha, Optional<Numbers> bias, double beta) {
    Maps in = graph.vector(operation.maps(0), operation);
    Numbers matrix = operation.numbers(1);
    long[] shape = matrix.tensor().shape();
    int inputs = transposed ? 1 : 0;
    if (shape.length != 2 || shape[inputs] != in.channels() || in.shape().get(2) != 1) {
      throw operation.refused(
          "multiplies %d values with a matrix of shape %s"
              .formatted(in.channels(), Arrays.toString(shape)));
    }
    int out = (int) shape[1 - inputs];
    bias.ifPresent(
        numbers -> {
          if (numbers.count() != 1 && numbers.count() != out) {
            throw operation.refused("has a bias of %d numbers".formatted(numbers.count()));
          }
        });
    Step step =
        new FullyConnected(
            matrix.key(), transposed, in.channels(), out, alpha, bias.map(Numbers::key), beta);
    Maps result = graph.step(step, in, true, operation);
    Layout rows = Layout.vector(result.shape());
    return result.with(rows);
  }
}
