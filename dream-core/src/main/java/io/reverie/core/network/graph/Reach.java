package io.reverie.core.network.graph;

/**
 * Stride and receptive field of a layer's cells (Araujo et al. 2019, doi:10.23915/distill.00021).
 *
 * @param stride pixels between neighbouring cells
 * @param field side in pixels of the square that one cell sees; the largest of its branches
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
