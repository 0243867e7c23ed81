package io.reverie.core;

/**
 * An RGB image in floating point.
 *
 * @param size width and height in pixels
 * @param rgb interleaved RGB, row-major, {@code height * width * 3} values in 0..255
 */
public record Image(Size size, float[] rgb) {

  public Image {
    if (rgb.length != size.height() * size.width() * 3) {
      throw new IllegalArgumentException(
          "an image of %s px cannot have %d values".formatted(size, rgb.length));
    }
  }
}
