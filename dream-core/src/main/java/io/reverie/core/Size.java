package io.reverie.core;

/**
 * The size of an image in pixels.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Size(int width, int height) {

  public Size {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("an image cannot be %d x %d px".formatted(width, height));
    }
  }

  /** Returns both sides multiplied by a factor and rounded, at least one pixel each. */
  public Size scaled(double factor) {
    return new Size(
        (int) Math.max(1, Math.round(width * factor)),
        (int) Math.max(1, Math.round(height * factor)));
  }

  public int shorterSide() {
    return Math.min(height, width);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
