package io.reverie.core.network.onnx;

import io.reverie.core.network.onnx.Value.Maps;
import io.reverie.core.network.onnx.Value.Numbers;
import io.reverie.core.weights.onnx.OnnxAttribute;
import io.reverie.core.weights.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * Operators on constants, which exporters leave in a model to compute shapes. They are computed
 * once, at the size of the training images.
 */
final class ConstantOperators {

  private static final int FLOAT = 1;
  private static final int FLOAT16 = 10;
  private static final int DOUBLE = 11;
  private static final int BFLOAT16 = 16;
  private static final long MOST = 1 << 16;

  private final GraphBuilder graph;

  ConstantOperators(GraphBuilder graph) {
    this.graph = graph;
  }

  /** The shape of maps. */
  Numbers shape(Operation operation) {
    Maps in = operation.maps(0);
    int rank = in.layout().rank();
    float[] lengths = new float[rank];
    boolean[] sized = new boolean[rank];
    for (int side = 0; side < rank; side++) {
      lengths[side] = in.layout().size(side);
      sized[side] = in.layout().isSized(side, in.fixed());
    }
    return made(new long[] {rank}, lengths, true, sized, operation);
  }

  private Numbers made(
      long[] shape, float[] values, boolean integer, boolean[] sized, Operation operation) {
    Tensor tensor = new Tensor(shape, values);
    String key = graph.add(operation.node().outputs().get(0), tensor, operation);
    return new Numbers(key, tensor, integer, sized);
  }

  /** A constant that the node itself has. */
  Numbers constant(Operation operation) {
    for (String one : List.of("value_float", "value_int")) {
      if (operation.hasAttribute(one)) {
        float[] value = {(float) operation.number(one, 0)};
        return made(new long[0], value, one.endsWith("int"), new boolean[0], operation);
      }
    }
    for (String many : List.of("value_floats", "value_ints")) {
      OnnxAttribute list = operation.node().attributes().get(many);
      if (list != null) {
        float[] values = new float[list.numbers().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = list.numbers().get(i).floatValue();
        }
        return made(
            new long[] {values.length}, values, many.endsWith("ints"), new boolean[0], operation);
      }
    }
    OnnxAttribute value = operation.node().attributes().get("value");
    if (value == null || value.tensor().isEmpty()) {
      throw operation.refused("has a value that is neither numbers nor a tensor of numbers");
    }
    Tensor tensor = value.tensor().get();
    return new Numbers(graph.add(operation.node().outputs().get(0), tensor, operation), tensor);
  }

  Numbers constantOfShape(Operation operation) {
    List<Integer> shape = operation.list(0).orElseThrow();
    OnnxAttribute value = operation.node().attributes().get("value");
    long count = 1;
    for (int side : shape) {
      count *= side;
      if (side < 0 || count > MOST) {
        throw operation.refused("makes a constant of shape " + shape);
      }
    }
    float[] values = new float[(int) count];
    if (value != null && value.tensor().isPresent()) {
      float[] one = value.tensor().get().values();
      Arrays.fill(values, one.length == 1 ? one[0] : 0);
    }
    long[] sides = shape.stream().mapToLong(side -> side).toArray();
    return made(sides, values, false, new boolean[0], operation);
  }

  Numbers cast(Operation operation) {
    Numbers in = operation.numbers(0);
    int to = operation.integer("to", FLOAT);
    boolean integer = to != FLOAT && to != FLOAT16 && to != DOUBLE && to != BFLOAT16;
    if (integer == in.integer() || !integer) {
      return new Numbers(in.key(), in.tensor(), integer, in.sized());
    }
    float[] values = operation.anyValues(in).clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) values[i];
    }
    return made(in.tensor().shape(), values, true, in.sized(), operation);
  }

  /** The same numbers in another shape. */
  Numbers reshaped(Operation operation) {
    Numbers in = operation.numbers(0);
    List<Long> shape = new ArrayList<>();
    for (long side : in.tensor().shape()) {
      shape.add(side);
    }
    List<Long> target =
        switch (operation.operator()) {
          case "Unsqueeze" -> unsqueezed(shape, operation);
          case "Squeeze" -> squeezed(shape, operation);
          default -> target(in, operation);
        };
    long[] sides = target.stream().mapToLong(side -> side).toArray();
    float[] values = in.tensor().values();
    if (Arrays.stream(sides).reduce(1, Math::multiplyExact) != values.length) {
      throw operation.refused("makes %s of %s".formatted(target, shape));
    }
    return made(sides, values, in.integer(), in.sized(), operation);
  }

  private static List<Long> unsqueezed(List<Long> shape, Operation operation) {
    List<Integer> axes =
        operation.list("axes", 1).orElseThrow(() -> operation.refused("has no axes"));
    List<Long> sides = new ArrayList<>(shape);
    for (int side : operation.sides(axes, shape.size() + axes.size()).stream().sorted().toList()) {
      if (side > sides.size()) {
        throw operation.refused("has axes beyond the result's dimensions");
      }
      sides.add(side, 1L);
    }
    return sides;
  }

  private static List<Long> squeezed(List<Long> shape, Operation operation) {
    List<Integer> axes =
        operation
            .list("axes", 1)
            .map(list -> operation.sides(list, shape.size()))
            .orElseGet(
                () ->
                    IntStream.range(0, shape.size())
                        .filter(i -> shape.get(i) == 1)
                        .boxed()
                        .toList());
    return IntStream.range(0, shape.size())
        .filter(i -> !axes.contains(i))
        .mapToObj(shape::get)
        .toList();
  }

  private static List<Long> target(Numbers in, Operation operation) {
    List<Long> sides = new ArrayList<>();
    long known = 1;
    for (int side :
        operation.list("shape", 1).orElseThrow(() -> operation.refused("has no shape"))) {
      sides.add((long) side);
      known = side > 0 ? Math.multiplyExact(known, side) : known;
    }
    int open = sides.indexOf(-1L);
    if (open >= 0) {
      sides.set(open, in.count() / known);
    }
    return sides;
  }

  /** Another order of the sides of a matrix. */
  Numbers transposed(Operation operation) {
    Numbers in = operation.numbers(0);
    long[] shape = in.tensor().shape();
    List<Integer> order = operation.list("perm").orElse(List.of(1, 0));
    if (shape.length != 2 || !order.equals(List.of(1, 0))) {
      throw operation.refused("transposes a constant of %d dimensions".formatted(shape.length));
    }
    float[] values = in.tensor().values();
    int rows = (int) shape[0];
    int columns = (int) shape[1];
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return made(new long[] {columns, rows}, turned, in.integer(), new boolean[0], operation);
  }

  /** Picks numbers of a list. */
  Numbers gather(Operation operation) {
    Numbers in = operation.numbers(0);
    Numbers indices = operation.numbers(1);
    List<Integer> picked = operation.list(1).orElseThrow();
    if (in.rank() != 1 || indices.rank() > 1) {
      throw operation.refused("gathers from a constant of %d dimensions".formatted(in.rank()));
    }
    int[] from = picked.stream().mapToInt(i -> operation.side(i, (int) in.count())).toArray();
    return picked(in, from, indices.tensor().shape(), operation);
  }

  private Numbers picked(Numbers in, int[] from, long[] shape, Operation operation) {
    float[] all = operation.anyValues(in);
    float[] values = new float[from.length];
    boolean[] sized = new boolean[from.length];
    for (int i = 0; i < from.length; i++) {
      values[i] = all[from[i]];
      sized[i] = in.isSized(from[i]);
    }
    return made(shape, values, in.integer(), onlyIfAny(sized), operation);
  }

  private static boolean[] onlyIfAny(boolean[] sized) {
    for (boolean each : sized) {
      if (each) {
        return sized;
      }
    }
    return new boolean[0];
  }

  Numbers slice(Operation operation) {
    Numbers in = operation.numbers(0);
    List<Integer> starts = operation.list("starts", 1).orElse(List.of(0));
    List<Integer> ends = operation.list("ends", 2).orElse(List.of(Integer.MAX_VALUE));
    List<Integer> steps = operation.list("steps", 4).orElse(List.of(1));
    if (in.rank() != 1 || starts.size() != 1 || ends.size() != 1 || !steps.equals(List.of(1))) {
      throw operation.refused(
          "slices a constant of several dimensions, or with steps other than 1");
    }
    long count = in.count();
    long from = bounded(starts.get(0), count);
    long to = Math.max(from, bounded(ends.get(0), count));
    int[] kept = IntStream.range((int) from, (int) to).toArray();
    return picked(in, kept, new long[] {kept.length}, operation);
  }

  private static long bounded(long position, long count) {
    return Math.max(0, Math.min(count, position < 0 ? position + count : position));
  }

  Numbers concatenation(Operation operation) {
    List<Float> values = new ArrayList<>();
    List<Boolean> sized = new ArrayList<>();
    boolean integer = false;
    for (int input = 0; input < operation.inputs().size(); input++) {
      Numbers part = operation.numbers(input);
      if (part.rank() != 1 || values.size() + part.count() > MOST) {
        throw operation.refused("concatenates constants of several dimensions, or too many");
      }
      integer |= part.integer();
      float[] own = operation.anyValues(part);
      for (int i = 0; i < own.length; i++) {
        values.add(own[i]);
        sized.add(part.isSized(i));
      }
    }
    float[] all = new float[values.size()];
    boolean[] marks = new boolean[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i);
      marks[i] = sized.get(i);
    }
    return made(new long[] {all.length}, all, integer, onlyIfAny(marks), operation);
  }

  /** The product of all numbers of a list. */
  Numbers product(Operation operation) {
    Numbers in = operation.numbers(0);
    float product = 1;
    boolean sized = false;
    float[] values = operation.anyValues(in);
    for (int i = 0; i < values.length; i++) {
      product *= values[i];
      sized |= in.isSized(i);
    }
    long[] shape = operation.integer("keepdims", 1) != 0 ? new long[] {1} : new long[0];
    boolean[] marks = onlyIfAny(new boolean[] {sized});
    return made(shape, new float[] {product}, in.integer(), marks, operation);
  }

  /** Computes number by number; one of the constants may be a single number. */
  Numbers arithmetic(Operation operation) {
    Numbers a = operation.numbers(0);
    Numbers b = operation.numbers(1);
    boolean integer = a.integer() || b.integer();
    DoubleBinaryOperator function =
        switch (operation.operator()) {
          case "Add" -> Double::sum;
          case "Sub" -> (x, y) -> x - y;
          case "Mul" -> (x, y) -> x * y;
          default -> (x, y) -> integer ? (long) (x / y) : x / y;
        };
    Numbers longer = a.count() >= b.count() ? a : b;
    if (a.count() != 1
        && b.count() != 1
        && !Arrays.equals(a.tensor().shape(), b.tensor().shape())) {
      throw operation.refused("joins constants of different shapes");
    }
    float[] left = operation.anyValues(a);
    float[] right = operation.anyValues(b);
    float[] values = new float[(int) longer.count()];
    boolean[] sized = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      int x = left.length == 1 ? 0 : i;
      int y = right.length == 1 ? 0 : i;
      values[i] = (float) function.applyAsDouble(left[x], right[y]);
      sized[i] = a.isSized(x) || b.isSized(y);
    }
    return made(longer.tensor().shape(), values, integer, onlyIfAny(sized), operation);
  }
}
