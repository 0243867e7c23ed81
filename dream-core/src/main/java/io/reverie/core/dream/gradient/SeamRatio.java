package io.reverie.core.dream.gradient;

import java.util.List;
import java.util.Optional;

/**
 * How much a residual changes across the borders of tiles, relative to the lines on both sides of
 * them. A seam raises the value above 1.
 *
 * @param value mean difference of neighbouring pixels across the borders, divided by the same
 *     across the lines around them
 * @param spread about 99 of 100 images without a seam have a value from {@code 1 - spread} to
 *     {@code 1 + spread}
 */
public record SeamRatio(double value, double spread) {

  /** Standard deviations; more than the 2.6 of a normal distribution, as lines are few. */
  private static final double DEVIATIONS = 3;

  /** Lines without a border that a spread must rest on. */
  private static final int FEWEST = 4;

  public SeamRatio {
    if (!(value >= 0 && spread >= 0)) {
      throw new IllegalArgumentException(
          "a seam ratio of %s +- %s is not above 0".formatted(value, spread));
    }
  }

  /** The smallest value expected without a seam. */
  public double low() {
    return Math.max(0, 1 - spread);
  }

  /** The largest value expected without a seam. */
  public double high() {
    return 1 + spread;
  }

  /** Returns whether the value is larger than expected without a seam. */
  public boolean showsSeam() {
    return value > high();
  }

  /**
   * A line between pixels.
   *
   * @param border whether it separates two tiles
   * @param difference sum of the absolute differences across it
   * @param around the mean of the same sum over the lines around it
   */
  record Line(boolean border, double difference, double around) {}

  /**
   * Computes the ratio. With x the difference of a line and a that around it, it is {@code sum x /
   * sum a} over the borders. Its standard deviation follows from the lines that are not borders:
   * the variance of x is {@code a^2 * sum (x - a)^2 / sum a^2}, for rows and columns separately.
   *
   * @return empty without borders, without differences, or with too few other lines
   */
  static Optional<SeamRatio> of(List<Line> rows, List<Line> columns) {
    double sum = 0;
    double expected = 0;
    double variance = 0;
    for (List<Line> lines : List.of(rows, columns)) {
      List<Line> borders = lines.stream().filter(Line::border).toList();
      List<Line> others = lines.stream().filter(line -> !line.border()).toList();
      double scale = others.stream().mapToDouble(line -> square(line.around())).sum();
      if (others.size() < FEWEST || scale == 0) {
        continue;
      }
      double relative =
          others.stream().mapToDouble(line -> square(line.difference() - line.around())).sum()
              / scale;
      for (Line border : borders) {
        sum += border.difference();
        expected += border.around();
        variance += relative * square(border.around());
      }
    }
    return expected > 0
        ? Optional.of(new SeamRatio(sum / expected, DEVIATIONS * Math.sqrt(variance) / expected))
        : Optional.empty();
  }

  private static double square(double a) {
    return a * a;
  }
}
