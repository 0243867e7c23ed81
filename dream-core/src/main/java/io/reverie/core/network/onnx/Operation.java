package io.reverie.core.network.onnx;

import io.reverie.core.DreamException;
import io.reverie.core.network.onnx.Value.Maps;
import io.reverie.core.network.onnx.Value.Numbers;
import io.reverie.core.weights.onnx.OnnxAttribute;
import io.reverie.core.weights.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node of an ONNX model with the values that it uses.
 *
 * @param model the model's name in messages
 * @param opset version of the operators
 * @param inputs in the node's order; an optional one that is missing is empty
 */
record Operation(String model, long opset, OnnxNode node, List<Optional<Value>> inputs) {

  /** Lists of numbers that decide about shapes are short. */
  private static final int MOST = 1 << 16;

  String operator() {
    return node.operator();
  }

  /** The node's name, or that of its result. */
  String name() {
    return Names.shown(
        node.name().isEmpty() && !node.outputs().isEmpty() ? node.outputs().get(0) : node.name());
  }

  /** Reports that this node cannot be run; the reason has the node as its subject. */
  DreamException refused(String why) {
    return new DreamException(
        "the ONNX model %s cannot be used: its node '%s' (%s) %s"
            .formatted(model, name(), Names.shown(operator()), why));
  }

  boolean has(int input) {
    return input < inputs.size() && inputs.get(input).isPresent();
  }

  Value input(int input) {
    if (!has(input)) {
      throw refused("lacks its input " + (input + 1));
    }
    return inputs.get(input).orElseThrow();
  }

  Maps maps(int input) {
    if (input(input) instanceof Maps maps) {
      return maps;
    }
    throw refused("has a constant as its input " + (input + 1));
  }

  Numbers numbers(int input) {
    if (input(input) instanceof Numbers numbers) {
      return numbers;
    }
    throw refused("has an input %d that is not a constant".formatted(input + 1));
  }

  Optional<Numbers> optionalNumbers(int input) {
    return has(input) ? Optional.of(numbers(input)) : Optional.empty();
  }

  /** Returns the integers of a constant that does not follow from the size of the image. */
  Optional<List<Integer>> list(int input) {
    return optionalNumbers(input).map(numbers -> integers(values(numbers)));
  }

  /** Returns the values of a constant that does not follow from the size of the image. */
  float[] values(Numbers numbers) {
    for (boolean sized : numbers.sized()) {
      if (sized) {
        throw refused(
            "uses a number that depends on the image's size; export the model for one size");
      }
    }
    return anyValues(numbers);
  }

  float[] anyValues(Numbers numbers) {
    if (numbers.count() > MOST) {
      throw refused("uses a constant of %d numbers".formatted(numbers.count()));
    }
    return numbers.tensor().values();
  }

  private List<Integer> integers(float[] values) {
    List<Integer> integers = new ArrayList<>();
    for (float value : values) {
      integers.add(whole(value));
    }
    return integers;
  }

  /** Numbers beyond the range of integers, such as the end of an open slice, become its ends. */
  private int whole(double value) {
    if (value != Math.rint(value)) {
      throw refused("has %s where a whole number is expected".formatted(value));
    }
    return (int) value;
  }

  boolean hasAttribute(String name) {
    return node.attributes().containsKey(name);
  }

  private Optional<OnnxAttribute> attribute(String name) {
    return Optional.ofNullable(node.attributes().get(name));
  }

  double number(String name, double otherwise) {
    return attribute(name).map(OnnxAttribute::number).orElse(otherwise);
  }

  int integer(String name, int otherwise) {
    return whole(number(name, otherwise));
  }

  String text(String name, String otherwise) {
    return attribute(name).map(OnnxAttribute::text).orElse(otherwise);
  }

  Optional<List<Integer>> list(String name) {
    return attribute(name).map(a -> a.numbers().stream().map(this::whole).toList());
  }

  /**
   * A list that newer versions of the operators take as an input and older ones as an attribute.
   */
  Optional<List<Integer>> list(String name, int input) {
    return has(input) ? list(input) : list(name);
  }

  /** A number that newer versions of the operators take as an input. */
  double number(String name, int input, double otherwise) {
    Optional<Numbers> numbers = optionalNumbers(input);
    if (numbers.isEmpty()) {
      return number(name, otherwise);
    }
    float[] values = values(numbers.get());
    if (values.length != 1) {
      throw refused("has %d numbers as its input %d".formatted(values.length, input + 1));
    }
    return values[0];
  }

  /** Returns the index of a side; a negative one counts from the end. */
  int side(int axis, int rank) {
    int side = axis < 0 ? axis + rank : axis;
    if (side < 0 || side >= rank) {
      throw refused("has the axis %d for a tensor of %d dimensions".formatted(axis, rank));
    }
    return side;
  }

  List<Integer> sides(List<Integer> axes, int rank) {
    return axes.stream().map(axis -> side(axis, rank)).toList();
  }
}
