package io.reverie.core.dream.gradient;

import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.image.Residual;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The borders between tiles, and comparable lines inside them. A gradient repeats with the
 * network's stride even without tiles, so borders are compared only with lines at the same phase of
 * the stride.
 *
 * @param rows borders between rows of pixels
 * @param columns borders between columns of pixels
 */
public record TileSeams(Lines rows, Lines columns) {

  private static final int COLOURS = 3;

  public static final TileSeams NONE = new TileSeams(Lines.NONE, Lines.NONE);

  /**
   * Lines between pixels, each identified by the row or column that follows it.
   *
   * @param borders borders between tiles
   * @param inside lines inside tiles, a multiple of the stride away from a border
   */
  public record Lines(Set<Long> borders, Set<Long> inside) {

    private static final Lines NONE = new Lines(Set.of(), Set.of());

    public Lines {
      borders = Set.copyOf(borders);
      inside = Set.copyOf(inside);
    }

    /** Returns the accumulator of a line; empty if the line is at another phase. */
    private Optional<Differences> of(long line, Differences across, Differences within) {
      if (borders.contains(line)) {
        return Optional.of(across);
      }
      return inside.contains(line) ? Optional.of(within) : Optional.empty();
    }
  }

  /**
   * Finds the borders of a grid.
   *
   * @param stride in pixels; borders are multiples of it
   */
  public static TileSeams of(TileGrid grid, long stride, ImageView view) {
    long height = view.image().getShape().get(1);
    long width = view.image().getShape().get(2);
    PixelWindow region = view.region();
    return new TileSeams(
        lines(grid.rows(), stride, row -> view.roll().row(region.top() + row, height)),
        lines(grid.columns(), stride, column -> view.roll().column(region.left() + column, width)));
  }

  private static Lines lines(List<TileGrid.Part> parts, long stride, LongUnaryOperator inImage) {
    Set<Long> borders =
        parts.stream().skip(1).map(TileGrid.Part::begin).collect(Collectors.toSet());
    if (borders.isEmpty()) {
      return Lines.NONE;
    }
    long pixels = parts.get(parts.size() - 1).end();
    return new Lines(
        borders.stream().map(inImage::applyAsLong).collect(Collectors.toSet()),
        LongStream.iterate(stride, line -> line < pixels, line -> line + stride)
            .filter(line -> !borders.contains(line))
            .map(inImage)
            .boxed()
            .collect(Collectors.toSet()));
  }

  /**
   * Returns the mean difference between neighbouring pixels across borders, divided by that across
   * lines inside tiles: 1 means that no seam shows. Empty without borders or differences.
   */
  public OptionalDouble ratio(Residual residual) {
    Differences across = new Differences();
    Differences within = new Differences();
    int height = residual.size().height();
    int width = residual.size().width();
    int step = width * COLOURS;
    for (int row = 1; row < height; row++) {
      int begin = row * step;
      rows.of(row, across, within)
          .ifPresent(sum -> sum.add(residual.rgb(), begin, begin + step, step));
    }
    for (int column = 1; column < width; column++) {
      int first = column * COLOURS;
      columns
          .of(column, across, within)
          .ifPresent(
              sum -> {
                for (int begin = first; begin < height * step; begin += step) {
                  sum.add(residual.rgb(), begin, begin + COLOURS, COLOURS);
                }
              });
    }
    return across.count > 0 && within.sum > 0
        ? OptionalDouble.of(across.sum / across.count / (within.sum / within.count))
        : OptionalDouble.empty();
  }

  private static final class Differences {
    private double sum;
    private long count;

    /** Adds the differences between values and those {@code back} positions before. */
    void add(float[] values, int from, int to, int back) {
      for (int i = from; i < to; i++) {
        sum += Math.abs(values[i] - values[i - back]);
      }
      count += to - from;
    }
  }
}
