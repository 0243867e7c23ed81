package io.reverie.core.network.onnx;

import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.PaddedWindow.Margin;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.operation.ChannelRange;
import io.reverie.core.network.graph.operation.GlobalMaxPool;
import io.reverie.core.network.graph.operation.Padding;
import io.reverie.core.network.onnx.Axis.Kind;
import io.reverie.core.network.onnx.Value.Maps;
import io.reverie.core.network.onnx.Value.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Operators that rearrange, cut or pool maps as a whole. */
final class ShapeOperators {

  private static final int ROWS = 2;

  /** Ends of slices beyond any image mean "to the end". */
  private static final int OPEN = 1 << 20;

  private static final int MOST_PARTS = 64;

  private final GraphBuilder graph;
  private final WindowOperators windows;

  ShapeOperators(GraphBuilder graph, WindowOperators windows) {
    this.graph = graph;
    this.windows = windows;
  }

  Maps globalAveragePool(Operation operation) {
    Maps in = graph.maps(operation.maps(0), operation);
    return graph.step(new Step.AdaptivePool(1), in, true, operation);
  }

  Maps globalMaxPool(Operation operation) {
    Maps in = graph.maps(operation.maps(0), operation);
    return graph.step(new GlobalMaxPool(), in, true, operation);
  }

  /** The mean or maximum over height and width, in whatever order the sides are. */
  Maps reduced(Step pool, Operation operation) {
    Maps in = operation.maps(0);
    Layout layout = in.layout();
    List<Integer> axes =
        operation.sides(
            operation.list("axes", 1).orElseThrow(() -> operation.refused("reduces all sides")),
            layout.rank());
    Set<Kind> kinds =
        axes.stream().flatMap(side -> layout.only(side).stream()).collect(Collectors.toSet());
    if (axes.size() != 2 || !kinds.equals(Set.of(Kind.ROW, Kind.COLUMN))) {
      throw operation.refused("reduces dimensions other than height and width");
    }
    Maps out = graph.step(pool, in, true, operation);
    List<List<Axis>> sides = new ArrayList<>(layout.sides());
    axes.forEach(side -> sides.set(side, List.of()));
    Layout kept = new Layout(sides);
    return out.with(operation.integer("keepdims", 1) != 0 ? kept : kept.without(axes));
  }

  Maps reshape(Operation operation) {
    Maps in = operation.maps(0);
    Optional<Numbers> shape = operation.optionalNumbers(1);
    List<Long> target =
        shape.isPresent()
            ? longs(operation.anyValues(shape.get()))
            : operation.list("shape").orElseThrow(() -> operation.refused("has no shape")).stream()
                .map(Integer::longValue)
                .toList();
    return graph.ordered(in.with(reshaped(in.layout(), target, operation)), operation);
  }

  private static List<Long> longs(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> (long) values[i]).toList();
  }

  private static Layout reshaped(Layout layout, List<Long> target, Operation operation) {
    List<Long> lengths = new ArrayList<>();
    long known = 1;
    for (int i = 0; i < target.size(); i++) {
      boolean copied = target.get(i) == 0 && operation.integer("allowzero", 0) == 0;
      long length = copied && i < layout.rank() ? layout.size(i) : target.get(i);
      lengths.add(length);
      known = length > 0 ? Math.min(known * length, Integer.MAX_VALUE) : known;
    }
    long all = layout.axes().stream().mapToLong(Axis::size).reduce(1, Math::multiplyExact);
    int open = lengths.indexOf(-1L);
    if (open >= 0) {
      lengths.set(open, all / known);
    }
    return layout
        .reshaped(lengths)
        .orElseThrow(
            () ->
                operation.refused(
                    "makes the shape %s out of %s, which mixes parts of dimensions"
                        .formatted(target, layout.lengths())));
  }

  Maps flatten(Operation operation) {
    Maps in = operation.maps(0);
    Layout layout = in.layout();
    int axis = operation.integer("axis", 1);
    int side = axis == layout.rank() ? axis : operation.side(axis, layout.rank());
    List<Axis> before = joined(layout, 0, side);
    List<Axis> after = joined(layout, side, layout.rank());
    return in.with(new Layout(List.of(before, after)));
  }

  private static List<Axis> joined(Layout layout, int from, int to) {
    return layout.sides().subList(from, to).stream().flatMap(List::stream).toList();
  }

  Maps squeeze(Operation operation) {
    Maps in = operation.maps(0);
    Layout layout = in.layout();
    Optional<List<Integer>> axes = operation.list("axes", 1);
    List<Integer> removed =
        axes.map(list -> operation.sides(list, layout.rank())).orElseGet(() -> ofLengthOne(layout));
    if (removed.stream().anyMatch(side -> layout.size(side) != 1)) {
      throw operation.refused("squeezes a dimension longer than 1");
    }
    return in.with(layout.without(removed));
  }

  private static List<Integer> ofLengthOne(Layout layout) {
    return IntStream.range(0, layout.rank())
        .filter(side -> layout.size(side) == 1)
        .boxed()
        .toList();
  }

  Maps unsqueeze(Operation operation) {
    Maps in = operation.maps(0);
    List<Integer> axes =
        operation.list("axes", 1).orElseThrow(() -> operation.refused("has no axes"));
    Layout layout = in.layout();
    for (int side : operation.sides(axes, layout.rank() + axes.size()).stream().sorted().toList()) {
      if (side > layout.rank()) {
        throw operation.refused("has axes beyond the result's dimensions");
      }
      layout = layout.with(side);
    }
    return in.with(layout);
  }

  Maps transpose(Operation operation) {
    Maps in = operation.maps(0);
    int rank = in.layout().rank();
    List<Integer> order =
        operation
            .list("perm")
            .orElseGet(() -> IntStream.range(0, rank).mapToObj(i -> rank - 1 - i).toList());
    List<Integer> sorted = order.stream().sorted().toList();
    if (!sorted.equals(IntStream.range(0, rank).boxed().toList())) {
      throw operation.refused("has the order %s for %d dimensions".formatted(order, rank));
    }
    return in.with(in.layout().transposed(order));
  }

  /** Cuts channels, rows or columns. */
  Maps slice(Operation operation) {
    Maps value = operation.maps(0);
    List<Integer> starts = required("starts", 1, operation);
    List<Integer> ends = required("ends", 2, operation);
    List<Integer> axes =
        operation
            .list("axes", 3)
            .orElseGet(() -> IntStream.range(0, starts.size()).boxed().toList());
    List<Integer> steps =
        operation.list("steps", 4).orElseGet(() -> axes.stream().map(a -> 1).toList());
    if (ends.size() != starts.size()
        || axes.size() != starts.size()
        || steps.stream().anyMatch(step -> step != 1)) {
      throw operation.refused("slices with steps other than 1");
    }
    for (int i = 0; i < starts.size(); i++) {
      int side = operation.side(axes.get(i), value.layout().rank());
      value = cut(value, side, starts.get(i), ends.get(i), operation);
    }
    return value;
  }

  private static List<Integer> required(String name, int input, Operation operation) {
    return operation.list(name, input).orElseThrow(() -> operation.refused("has no " + name));
  }

  private Maps cut(Maps in, int side, int start, int end, Operation operation) {
    Layout layout = in.layout();
    if (start == 0 && end >= Math.max(layout.size(side), 1) && !layout.isSized(side, in.fixed())) {
      return in;
    }
    if (layout.isChannels(side, in.channels())) {
      long from = start < 0 ? start + in.channels() : start;
      long to = Math.min(end < 0 ? end + in.channels() : end, in.channels());
      return channels(in, side, from, to, operation);
    }
    int axis = WindowOperators.spatial(layout, side, operation);
    boolean open = end > OPEN;
    if (start < 0 || (!open && end >= 0) || start > OPEN || end < -OPEN) {
      throw operation.refused("slices maps at a position that depends on their size");
    }
    long after = open ? 0 : end;
    Margin margin =
        axis == ROWS ? new Margin(-start, 0, after, 0) : new Margin(0, -start, 0, after);
    return windows.padded(new Padding(margin, 0), in, operation);
  }

  private Maps channels(Maps in, int side, long from, long to, Operation operation) {
    if (from < 0 || to <= from || to > in.channels()) {
      throw operation.refused("slices channels %d to %d of %d".formatted(from, to, in.channels()));
    }
    Maps out = graph.step(new ChannelRange((int) from, (int) to), in, operation);
    List<List<Axis>> sides = new ArrayList<>(in.layout().sides());
    sides.set(side, to - from == 1 ? List.of() : List.of(new Axis(Kind.CHANNEL, to - from)));
    return out.with(new Layout(sides));
  }

  /** Divides the channels. */
  List<Maps> split(Operation operation) {
    Maps in = operation.maps(0);
    int side = operation.side(operation.integer("axis", 0), in.layout().rank());
    int parts = operation.node().outputs().size();
    if (!in.layout().isChannels(side, in.channels()) || parts < 1 || parts > MOST_PARTS) {
      throw operation.refused("splits a dimension other than the channels, or into too many parts");
    }
    int each = -Math.floorDiv(-in.channels(), parts);
    List<Integer> sizes =
        operation
            .list("split", 1)
            .orElseGet(
                () ->
                    IntStream.range(0, parts)
                        .mapToObj(i -> Math.min(each, in.channels() - i * each))
                        .toList());
    if (sizes.size() != parts) {
      throw operation.refused("has %d sizes for %d parts".formatted(sizes.size(), parts));
    }
    List<Maps> made = new ArrayList<>();
    long from = 0;
    for (int size : sizes) {
      made.add(channels(in, side, from, from + size, operation));
      from += size;
    }
    return made;
  }

  /** Picks channels: one, whose side disappears, or several. */
  Maps gather(Operation operation) {
    Maps in = operation.maps(0);
    Numbers indices = operation.numbers(1);
    int side = operation.side(operation.integer("axis", 0), in.layout().rank());
    List<Integer> picked = operation.list(1).orElseThrow();
    if (!in.layout().isChannels(side, in.channels())
        || indices.rank() > 1
        || picked.isEmpty()
        || picked.size() > MOST_PARTS) {
      throw operation.refused(
          "gathers from a dimension other than the channels, or too many channels");
    }
    List<Maps> parts = new ArrayList<>();
    for (int index : picked) {
      long from = index < 0 ? (long) index + in.channels() : index;
      parts.add(channels(in, side, from, from + 1, operation));
    }
    if (indices.rank() == 0) {
      Maps one = parts.get(0);
      return one.with(one.layout().without(List.of(side)));
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    List<List<Axis>> sides = new ArrayList<>(in.layout().sides());
    sides.set(side, List.of(new Axis(Kind.CHANNEL, parts.size())));
    return graph.join(Join.CONCAT, parts, new Layout(sides), operation);
  }
}
