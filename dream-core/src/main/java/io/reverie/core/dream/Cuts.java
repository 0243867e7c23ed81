package io.reverie.core.dream;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * Where tiles meet, in an image's own rows and columns.
 *
 * @param rows that are the first below a cut
 * @param columns that are the first right of a cut
 */
record Cuts(Set<Long> rows, Set<Long> columns) {

  private static final int COLOURS = 3;

  static final Cuts NONE = new Cuts(Set.of(), Set.of());

  Cuts {
    rows = Set.copyOf(rows);
    columns = Set.copyOf(columns);
  }

  static Cuts of(Grid grid, View view) {
    long height = view.image().getShape().get(1);
    long width = view.image().getShape().get(2);
    Window region = view.region();
    return new Cuts(
        begins(grid.rows(), begin -> view.roll().row(region.top() + begin, height)),
        begins(grid.columns(), begin -> view.roll().column(region.left() + begin, width)));
  }

  private static Set<Long> begins(List<Grid.Part> parts, LongUnaryOperator inImage) {
    return parts.stream()
        .skip(1)
        .map(part -> inImage.applyAsLong(part.begin()))
        .collect(Collectors.toSet());
  }

  /**
   * The seam number: how much larger differences between neighbouring pixels are across cuts than
   * elsewhere; 1 where no seam is to be seen, empty where nothing was cut or nothing differs.
   */
  OptionalDouble seams(Residual residual) {
    Differences across = new Differences();
    Differences inside = new Differences();
    int width = residual.size().width() * COLOURS;
    for (int row = 0; row < residual.size().height(); row++) {
      int begin = row * width;
      if (row > 0) {
        Differences here = rows.contains((long) row) ? across : inside;
        for (int i = begin; i < begin + width; i++) {
          here.add(residual.rgb()[i] - residual.rgb()[i - width]);
        }
      }
      for (int column = 1; column < residual.size().width(); column++) {
        Differences here = columns.contains((long) column) ? across : inside;
        for (int i = begin + column * COLOURS; i < begin + (column + 1) * COLOURS; i++) {
          here.add(residual.rgb()[i] - residual.rgb()[i - COLOURS]);
        }
      }
    }
    return across.count > 0 && inside.sum > 0
        ? OptionalDouble.of(across.sum / across.count / (inside.sum / inside.count))
        : OptionalDouble.empty();
  }

  private static final class Differences {
    private double sum;
    private long count;

    void add(float difference) {
      sum += Math.abs(difference);
      count++;
    }
  }
}
