package io.reverie.core.network.graph;

/**
 * Which part of an image a layer's cells look at (the arithmetic of Araujo et al. 2019,
 * doi:10.23915/distill.00021).
 *
 * @param stride pixels from one cell to the next
 * @param field side of the square of pixels that one cell can see, in pixels; of branches, the
 *     largest
 */
public record Reach(int stride, int field) {

  private static final int LARGEST = 4096;

  public Reach {
    if (stride < 1 || stride > LARGEST || field < 1 || field > LARGEST) {
      throw new IllegalArgumentException(
          "stride and field must be from 1 to %d px, not %d and %d"
              .formatted(LARGEST, stride, field));
    }
  }
}
