package io.reverie.core.network.onnx;

import io.reverie.core.network.graph.PaddedWindow;
import io.reverie.core.network.graph.PaddedWindow.Margin;
import io.reverie.core.network.graph.PaddedWindow.Rule;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.operation.PaddedAveragePool;
import io.reverie.core.network.graph.operation.PaddedConv;
import io.reverie.core.network.graph.operation.PaddedMaxPool;
import io.reverie.core.network.graph.operation.Padding;
import io.reverie.core.network.onnx.Value.Maps;
import io.reverie.core.network.onnx.Value.Numbers;
import java.util.List;
import java.util.Optional;

/** Convolutions, poolings with a window, and padding. */
final class WindowOperators {

  private static final int LARGEST_WINDOW = 1024;
  private static final int LARGEST_PADDING = 4096;
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  private final GraphBuilder graph;

  WindowOperators(GraphBuilder graph) {
    this.graph = graph;
  }

  Maps convolution(Operation operation) {
    Maps in = graph.maps(operation.maps(0), operation);
    Numbers kernel = operation.numbers(1);
    long[] shape = kernel.tensor().shape();
    if (shape.length != 4) {
      throw operation.refused("has a kernel of %d dimensions, not 4".formatted(shape.length));
    }
    int groups = operation.integer("group", 1);
    if (groups < 1 || shape[0] % groups != 0 || shape[1] * groups != in.channels()) {
      throw operation.refused(
          "has a kernel of %d to %d channels in %d groups for %d channels"
              .formatted(shape[1], shape[0], groups, in.channels()));
    }
    Optional<Numbers> bias = operation.optionalNumbers(2);
    bias.ifPresent(b -> requireLength(b, shape[0], operation));
    PaddedWindow window = window(List.of((int) shape[2], (int) shape[3]), operation);
    return graph.step(
        new PaddedConv(
            kernel.key(), bias.map(Numbers::key), in.channels(), (int) shape[0], groups, window),
        in,
        operation);
  }

  private static void requireLength(Numbers numbers, long length, Operation operation) {
    if (numbers.rank() != 1 || numbers.count() != length) {
      throw operation.refused("has a bias of %d numbers".formatted(numbers.count()));
    }
  }

  Maps maxPool(Operation operation) {
    return graph.step(new PaddedMaxPool(poolWindow(operation)), pooled(operation), operation);
  }

  private Maps pooled(Operation operation) {
    return graph.maps(operation.maps(0), operation);
  }

  private static PaddedWindow poolWindow(Operation operation) {
    return window(
        operation.list("kernel_shape").orElseThrow(() -> operation.refused("has no kernel_shape")),
        operation);
  }

  /**
   * Average pooling.
   *
   * @param flattened whether its result is flattened next
   */
  Maps averagePool(Operation operation, boolean flattened) {
    Maps in = pooled(operation);
    PaddedWindow window = poolWindow(operation);
    boolean counted = operation.integer("count_include_pad", 0) != 0;
    Step pool = new PaddedAveragePool(window, counted);
    int bins = (int) in.shape().get(ROWS) / window.height();
    boolean adaptive = flattened && window.divides(in.shape(), bins);
    return adaptive
        ? graph.step(new Step.AdaptivePool(bins), in, true, operation)
        : graph.step(pool, in, operation);
  }

  private static PaddedWindow window(List<Integer> kernel, Operation operation) {
    List<Integer> strides = operation.list("strides").orElse(List.of(1, 1));
    List<Integer> dilations = operation.list("dilations").orElse(List.of(1, 1));
    if (kernel.size() != 2 || strides.size() != 2 || dilations.size() != 2) {
      throw operation.refused("is not two-dimensional");
    }
    if (!strides.get(0).equals(strides.get(1)) || !dilations.get(0).equals(dilations.get(1))) {
      throw operation.refused("has different strides or dilations across and down");
    }
    if (Math.max(kernel.get(0), kernel.get(1)) > LARGEST_WINDOW
        || Math.max(strides.get(0), dilations.get(0)) > LARGEST_WINDOW) {
      throw operation.refused(
          "has a kernel, stride or dilation beyond %d px".formatted(LARGEST_WINDOW));
    }
    try {
      return new PaddedWindow(
          kernel.get(0),
          kernel.get(1),
          strides.get(0),
          dilations.get(0),
          rule(operation),
          margin(operation),
          operation.integer("ceil_mode", 0) != 0);
    } catch (IllegalArgumentException e) {
      throw operation.refused("is impossible: " + e.getMessage());
    }
  }

  private static Rule rule(Operation operation) {
    String rule = operation.text("auto_pad", "NOTSET");
    return switch (rule) {
      case "SAME_UPPER" -> Rule.SAME_UPPER;
      case "SAME_LOWER" -> Rule.SAME_LOWER;
      case "", "NOTSET", "VALID" -> Rule.FIXED;
      default -> throw operation.refused("has the unknown auto_pad " + Names.shown(rule));
    };
  }

  private static Margin margin(Operation operation) {
    List<Integer> pads = operation.list("pads").orElse(List.of(0, 0, 0, 0));
    if (operation.text("auto_pad", "NOTSET").equals("VALID")) {
      return Margin.NONE;
    }
    if (pads.size() != 4) {
      throw operation.refused("has %d paddings, not 4".formatted(pads.size()));
    }
    requirePadding(pads, operation);
    return new Margin(pads.get(0), pads.get(1), pads.get(2), pads.get(3));
  }

  private static void requirePadding(List<Integer> pads, Operation operation) {
    if (pads.stream().anyMatch(p -> p < -LARGEST_PADDING || p > LARGEST_PADDING)) {
      throw operation.refused("has a padding beyond %d px".formatted(LARGEST_PADDING));
    }
  }

  /** Pads with a constant; the sides may be in any order. */
  Maps pad(Operation operation) {
    Maps in = operation.maps(0);
    String mode = operation.text("mode", "constant");
    if (!mode.equals("constant")) {
      throw operation.refused("pads in the mode %s".formatted(Names.shown(mode)));
    }
    List<Integer> pads =
        operation.list("pads", 1).orElseThrow(() -> operation.refused("has no pads"));
    Layout layout = in.layout();
    if (pads.size() != 2 * layout.rank()) {
      throw operation.refused("has %d paddings".formatted(pads.size()));
    }
    requirePadding(pads, operation);
    long[] first = new long[4];
    long[] last = new long[4];
    for (int side = 0; side < layout.rank(); side++) {
      int before = pads.get(side);
      int after = pads.get(side + layout.rank());
      if (before != 0 || after != 0) {
        int axis = spatial(layout, side, operation);
        first[axis] = before;
        last[axis] = after;
      }
    }
    Margin margin = new Margin(first[ROWS], first[COLUMNS], last[ROWS], last[COLUMNS]);
    return padded(new Padding(margin, operation.number("value", 2, 0)), in, operation);
  }

  /** Adds rows and columns to maps whose sides are in any order, or cuts them off. */
  Maps padded(Padding step, Maps in, Operation operation) {
    Maps out = graph.step(step, in, operation);
    List<List<Axis>> sides =
        in.layout().sides().stream()
            .map(side -> side.stream().map(axis -> resized(axis, out)).toList())
            .toList();
    return out.with(new Layout(sides));
  }

  private static Axis resized(Axis axis, Maps out) {
    return switch (axis.kind()) {
      case ROW -> new Axis(axis.kind(), out.shape().get(ROWS));
      case COLUMN -> new Axis(axis.kind(), out.shape().get(COLUMNS));
      case BATCH, CHANNEL -> axis;
    };
  }

  /** Returns whether a side is the rows, 2, or the columns, 3. */
  static int spatial(Layout layout, int side, Operation operation) {
    int axis = layout.only(side).map(Axis.Kind::side).orElse(0);
    if (axis < ROWS) {
      throw operation.refused("changes a dimension that is neither the height nor the width");
    }
    return axis;
  }
}
