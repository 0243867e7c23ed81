package io.reverie.core.network.onnx;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.onnx.Axis.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the sides of a tensor in an ONNX model are made of those of maps (N, C, H, W). Reshaping and
 * transposing change only this, so that a model whose file has the numbers of one image size runs
 * on images of any size until it mixes rows and columns with channels.
 *
 * <p>An axis that is always of length 1 is left out; a side may thus be empty.
 */
record Layout(List<List<Axis>> sides) {

  Layout {
    sides = sides.stream().map(Layout::merged).toList();
  }

  private static List<Axis> merged(List<Axis> side) {
    List<Axis> merged = new ArrayList<>();
    for (Axis axis : side) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).continuesTo(axis)) {
        long size = merged.get(last).size() * axis.size();
        merged.set(last, new Axis(Kind.CHANNEL, size, axis.step()));
      } else {
        merged.add(axis);
      }
    }
    return List.copyOf(merged);
  }

  /**
   * The layout of maps (N, C, H, W).
   *
   * @param fixed whether height and width are the same for every image
   */
  static Layout maps(Shape s, boolean fixed) {
    return new Layout(
        List.of(
            side(Kind.BATCH, s.get(0), true),
            side(Kind.CHANNEL, s.get(1), true),
            side(Kind.ROW, s.get(2), fixed),
            side(Kind.COLUMN, s.get(3), fixed)));
  }

  /** The layout (N, C) of maps of one cell. */
  static Layout vector(Shape s) {
    return new Layout(maps(s, true).sides.subList(0, 2));
  }

  private static List<Axis> side(Kind kind, long size, boolean fixed) {
    return size == 1 && fixed ? List.of() : List.of(new Axis(kind, size));
  }

  /** Returns the length of each side at the training images' size. */
  List<Long> lengths() {
    return IntStream.range(0, rank()).mapToObj(this::size).toList();
  }

  int rank() {
    return sides.size();
  }

  long size(int side) {
    return sides.get(side).stream().mapToLong(Axis::size).reduce(1, Math::multiplyExact);
  }

  /** Returns whether the length of a side depends on the image. */
  boolean isSized(int side, boolean fixed) {
    return !fixed && sides.get(side).stream().anyMatch(Layout::isSpatial);
  }

  private static boolean isSpatial(Axis axis) {
    return axis.kind() == Kind.ROW || axis.kind() == Kind.COLUMN;
  }

  /** Returns the side that is exactly one kind of axis, whole. */
  Optional<Kind> only(int side) {
    List<Axis> axes = sides.get(side);
    return axes.size() == 1 && axes.get(0).step() == 1
        ? Optional.of(axes.get(0).kind())
        : Optional.empty();
  }

  /** Returns whether a side has all channels in their order, and nothing else. */
  boolean isChannels(int side, long channels) {
    return sides.get(side).equals(side(Kind.CHANNEL, channels, true));
  }

  List<Axis> axes() {
    return sides.stream().flatMap(List::stream).collect(Collectors.toList());
  }

  Layout transposed(List<Integer> order) {
    return new Layout(order.stream().map(sides::get).toList());
  }

  /** Removes sides of length 1; their remaining axes join the side before, or the next. */
  Layout without(List<Integer> removed) {
    List<List<Axis>> kept = new ArrayList<>();
    List<Axis> loose = new ArrayList<>();
    for (int side = 0; side < rank(); side++) {
      if (removed.contains(side)) {
        loose.addAll(sides.get(side));
      } else {
        kept.add(new ArrayList<>(sides.get(side)));
      }
    }
    if (!loose.isEmpty() && kept.isEmpty()) {
      kept.add(new ArrayList<>());
    }
    loose.forEach(axis -> kept.get(kept.size() - 1).add(axis));
    return new Layout(List.copyOf(kept));
  }

  /** Inserts a side of length 1. */
  Layout with(int position) {
    List<List<Axis>> all = new ArrayList<>(sides);
    all.add(position, List.of());
    return new Layout(all);
  }

  /**
   * Divides the same values into other sides.
   *
   * @param target the new sides' lengths at the training images' size
   * @return empty if a side would end within a row, a column or a group of channels
   */
  Optional<Layout> reshaped(List<Long> target) {
    Deque<Axis> left = new ArrayDeque<>(axes());
    List<List<Axis>> made = new ArrayList<>();
    for (long length : target) {
      List<Axis> side = new ArrayList<>();
      if (!take(length, left, side)) {
        return Optional.empty();
      }
      made.add(side);
    }
    if (left.stream().anyMatch(axis -> axis.size() != 1) || (made.isEmpty() && !left.isEmpty())) {
      return Optional.empty();
    }
    left.forEach(axis -> made.get(made.size() - 1).add(axis));
    return Optional.of(new Layout(made));
  }

  private static boolean take(long length, Deque<Axis> left, List<Axis> side) {
    if (length == 1 && !left.isEmpty() && left.getFirst().size() == 1) {
      side.add(left.removeFirst());
    }
    long missing = length;
    while (missing > 1) {
      if (left.isEmpty()) {
        return false;
      }
      Axis axis = left.removeFirst();
      if (missing % axis.size() == 0) {
        side.add(axis);
        missing /= axis.size();
      } else if (axis.kind() == Kind.CHANNEL && axis.size() % missing == 0) {
        long rest = axis.size() / missing;
        side.add(new Axis(Kind.CHANNEL, missing, axis.step() * rest));
        left.addFirst(new Axis(Kind.CHANNEL, rest, axis.step()));
        missing = 1;
      } else {
        return false;
      }
    }
    return missing == 1;
  }

  /** Returns the layout of two tensors joined as in NumPy, from the last side on. */
  Optional<Layout> broadcast(Layout other) {
    int rank = Math.max(rank(), other.rank());
    List<List<Axis>> all = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      List<Axis> a = fromEnd(rank - i);
      List<Axis> b = other.fromEnd(rank - i);
      if (!a.equals(b) && !a.isEmpty() && !b.isEmpty()) {
        return Optional.empty();
      }
      all.add(a.isEmpty() ? b : a);
    }
    return Optional.of(new Layout(all));
  }

  /** Returns a side counted from the last, which is 1; empty beyond the first. */
  List<Axis> fromEnd(int number) {
    return number > rank() ? List.of() : sides.get(rank() - number);
  }
}
