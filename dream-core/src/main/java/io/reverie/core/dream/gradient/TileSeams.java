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
 * Where tiles meet, and where they could have met: a gradient repeats its pattern with the
 * network's stride, tiles or none, so that cuts are to be compared with lines of the same phase.
 *
 * @param rows where they meet
 * @param columns where they meet
 */
public record TileSeams(Lines rows, Lines columns) {

  private static final int COLOURS = 3;

  public static final TileSeams NONE = new TileSeams(Lines.NONE, Lines.NONE);

  /**
   * Lines between pixels, by the row or column of the image that follows.
   *
   * @param cut between two tiles
   * @param inside tiles, whole strides away from a cut
   */
  public record Lines(Set<Long> cut, Set<Long> inside) {

    private static final Lines NONE = new Lines(Set.of(), Set.of());

    public Lines {
      cut = Set.copyOf(cut);
      inside = Set.copyOf(inside);
    }

    /** The sum for a line, of the two; empty for a line of another phase. */
    private Optional<Differences> of(long line, Differences across, Differences within) {
      if (cut.contains(line)) {
        return Optional.of(across);
      }
      return inside.contains(line) ? Optional.of(within) : Optional.empty();
    }
  }

  /**
   * Of a grid.
   *
   * @param stride that cuts are multiples of, in pixels
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
    Set<Long> cuts = parts.stream().skip(1).map(TileGrid.Part::begin).collect(Collectors.toSet());
    if (cuts.isEmpty()) {
      return Lines.NONE;
    }
    long pixels = parts.get(parts.size() - 1).end();
    return new Lines(
        cuts.stream().map(inImage::applyAsLong).collect(Collectors.toSet()),
        LongStream.iterate(stride, line -> line < pixels, line -> line + stride)
            .filter(line -> !cuts.contains(line))
            .map(inImage)
            .boxed()
            .collect(Collectors.toSet()));
  }

  /**
   * The seam number: how much larger differences between neighbouring pixels are across cuts than
   * across such lines inside tiles; 1 where no seam is to be seen, empty where nothing was cut or
   * nothing differs.
   */
  public OptionalDouble seams(Residual residual) {
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

    /** From some values to those before them. */
    void add(float[] values, int from, int to, int back) {
      for (int i = from; i < to; i++) {
        sum += Math.abs(values[i] - values[i - back]);
      }
      count += to - from;
    }
  }
}
