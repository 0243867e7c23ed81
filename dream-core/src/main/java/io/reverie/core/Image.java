package io.reverie.core;

/**
 * One picture for the dream.
 *
 * @param size height and width in pixels
 * @param rgb interleaved RGB, row-major, {@code height * width * 3} values in 0..255
 */
public record Image(Size size, float[] rgb) {

  public Image {
    if (rgb.length != size.height() * size.width() * 3) {
      throw new IllegalArgumentException(
          "a picture of %s px cannot have %d values".formatted(size, rgb.length));
    }
  }
}
