package io.reverie.video.metadata;

/**
 * The density of a still's pixels.
 *
 * @param x columns per inch, above 0; per any unit if {@code absolute} is false
 * @param y rows per inch, above 0
 * @param absolute false if only the ratio, the shape of a pixel, is known
 */
public record Resolution(double x, double y, boolean absolute) {

  /** Centimetres per inch. */
  static final double INCH = 2.54;

  public Resolution {
    if (!(x > 0 && y > 0 && x < 1e6 && y < 1e6)) {
      throw new IllegalArgumentException("no resolution: %s x %s".formatted(x, y));
    }
  }

  Resolution turned() {
    return new Resolution(y, x, absolute);
  }
}
