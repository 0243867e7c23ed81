package io.reverie.video.motion;

import java.util.OptionalInt;

/**
 * Optical flow: the pixel at p in one image corresponds to p + v(p) in another.
 *
 * @param width columns
 * @param height rows
 * @param xy interleaved (x, y) in pixels of this grid, right and down, row-major
 */
public record FlowField(int width, int height, float[] xy) {

  public FlowField {
    if (width < 1 || height < 1 || xy.length != width * height * 2) {
      throw new IllegalArgumentException(
          "a flow of %d x %d cannot have %d values".formatted(width, height, xy.length));
    }
  }

  /** Returns whether all values are finite. */
  public boolean isFinite() {
    for (float value : xy) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the pixel that is nearest to where a pixel is in the other image.
   *
   * @param pixel row-major index
   * @return row-major index; empty if the place is outside the other image
   */
  public OptionalInt target(int pixel) {
    if (!leadsInside(pixel)) {
      return OptionalInt.empty();
    }
    int row = pixel / width;
    float x = pixel - row * width + xy[2 * pixel];
    float y = row + xy[2 * pixel + 1];
    return OptionalInt.of(Math.round(y) * width + Math.round(x));
  }

  /**
   * Returns whether the place of a pixel in the other image is inside it.
   *
   * @param pixel row-major index
   */
  public boolean leadsInside(int pixel) {
    int row = pixel / width;
    float x = pixel - row * width + xy[2 * pixel];
    float y = row + xy[2 * pixel + 1];
    return x >= 0 && x <= width - 1 && y >= 0 && y <= height - 1;
  }

  /** Resamples the flow to another grid and scales its vectors accordingly. */
  FlowField scaled(int toWidth, int toHeight) {
    if (toWidth == width && toHeight == height) {
      return this;
    }
    float[] to = PlaneMats.scaled(xy, 2, width, height, toWidth, toHeight);
    float x = (float) toWidth / width;
    float y = (float) toHeight / height;
    for (int i = 0; i < to.length; i += 2) {
      to[i] *= x;
      to[i + 1] *= y;
    }
    return new FlowField(toWidth, toHeight, to);
  }
}
