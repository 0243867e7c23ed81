package io.reverie.video;

import java.io.Serializable;

/**
 * The size of an image in pixels.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Size(int width, int height) implements Serializable {

  public Size {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image cannot be %d x %d px".formatted(width, height));
    }
  }

  public Size transposed() {
    return new Size(height, width);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
