package io.reverie.core.dream.gradient;

import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.image.Residual;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The borders between tiles, and comparable lines inside them. A gradient repeats with the
 * network's stride even without tiles, so borders are compared only with lines at the same phase of
 * the stride. The differences across a line depend on what the image shows there, so a border is
 * compared with the nearest lines, the same number on either side.
 *
 * @param rows lines between rows of pixels
 * @param columns lines between columns of pixels
 */
public record TileSeams(Lines rows, Lines columns) {

  private static final int COLOURS = 3;

  /** Lines on either side of a border that it is compared with. */
  private static final int NEIGHBOURS = 2;

  public static final TileSeams NONE = new TileSeams(Lines.NONE, Lines.NONE);

  /**
   * Lines across one side of the region that is divided.
   *
   * @param inImage row or column of the image at each position of the region
   * @param stride distance of comparable lines; a line is named by the position that follows it
   * @param borders lines between tiles; multiples of the stride
   */
  public record Lines(List<Integer> inImage, int stride, Set<Integer> borders) {

    private static final Lines NONE = new Lines(List.of(), 1, Set.of());

    public Lines {
      inImage = List.copyOf(inImage);
      borders = Set.copyOf(borders);
    }

    /** Returns the row or column after each line, in order; 0 for the edge of the image. */
    private int[] following() {
      return IntStream.iterate(stride, at -> at < inImage.size(), at -> at + stride)
          .map(inImage::get)
          .toArray();
    }

    private boolean isBorder(int line) {
      return borders.contains((line + 1) * stride);
    }

    private List<SeamRatio.Line> compared(double[] differences, int[] following) {
      List<SeamRatio.Line> compared = new ArrayList<>();
      for (int line = 0; line < differences.length; line++) {
        double sum = 0;
        int count = 0;
        for (int k = 1; k <= NEIGHBOURS; k++) {
          if (isPair(line - k, line + k, following)) {
            sum += differences[line - k] + differences[line + k];
            count += 2;
          }
        }
        if (count > 0) {
          compared.add(new SeamRatio.Line(isBorder(line), differences[line], sum / count));
        }
      }
      return compared;
    }

    /**
     * Returns whether two lines inside tiles have the same distance from the line between them.
     * Whole pairs cancel a gradual change along the image; in a rolled image, lines on either side
     * of the image's edge are not neighbours.
     */
    private boolean isPair(int before, int after, int[] following) {
      return before >= 0
          && after < following.length
          && !isBorder(before)
          && !isBorder(after)
          && following[before] > 0
          && following[after] - following[before] == (after - before) * stride;
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
    int pixels = (int) parts.get(parts.size() - 1).end();
    return new Lines(
        IntStream.range(0, pixels).mapToObj(at -> (int) inImage.applyAsLong(at)).toList(),
        (int) stride,
        parts.stream().skip(1).map(part -> (int) part.begin()).collect(Collectors.toSet()));
  }

  /**
   * Compares the borders with the lines around them; empty if there are no borders, no differences
   * or too few lines.
   */
  public Optional<SeamRatio> ratio(Residual residual) {
    if (rows.borders().isEmpty() && columns.borders().isEmpty()) {
      return Optional.empty();
    }
    int[] below = rows.following();
    int[] right = columns.following();
    return SeamRatio.of(
        rows.compared(acrossRows(residual, below), below),
        columns.compared(acrossColumns(residual, right), right));
  }

  private double[] acrossRows(Residual residual, int[] below) {
    int step = residual.size().width() * COLOURS;
    double[] sums = new double[below.length];
    for (int line = 0; line < below.length; line++) {
      for (int column : columns.inImage()) {
        sums[line] += difference(residual, below[line] * step + column * COLOURS, step);
      }
    }
    return sums;
  }

  private double[] acrossColumns(Residual residual, int[] right) {
    int step = residual.size().width() * COLOURS;
    double[] sums = new double[right.length];
    for (int row : rows.inImage()) {
      for (int line = 0; line < right.length; line++) {
        sums[line] += difference(residual, row * step + right[line] * COLOURS, COLOURS);
      }
    }
    return sums;
  }

  /** Returns the sum over the colours of a pixel and the one {@code back} values before. */
  private static double difference(Residual residual, int pixel, int back) {
    // The edge of the image, which is in the middle of a rolled one, has no pixel before it.
    if (pixel < back) {
      return 0;
    }
    double sum = 0;
    for (int i = pixel; i < pixel + COLOURS; i++) {
      sum += Math.abs(residual.rgb()[i] - residual.rgb()[i - back]);
    }
    return sum;
  }
}
