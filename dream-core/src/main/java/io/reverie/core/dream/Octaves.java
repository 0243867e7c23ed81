package io.reverie.core.dream;

import io.reverie.core.DreamException;
import io.reverie.core.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The image pyramid of a dream.
 *
 * @param count number of sizes, 1 to 1000
 * @param scale the ratio of neighbouring sizes, above 1
 */
public record Octaves(int count, double scale) {

  private static final int MOST = 1000;

  public Octaves {
    if (count < 1 || count > MOST) {
      throw new DreamException("octaves.count must be from 1 to %d, not %d".formatted(MOST, count));
    }
    if (!(scale > 1) || !Double.isFinite(scale)) {
      throw new DreamException("octaves.scale must be above 1, not " + scale);
    }
  }

  /**
   * Returns the sizes {@code round(side / scale^k)} whose shorter side is large enough, smallest
   * first; empty if even the full size is too small.
   */
  public List<Size> sizes(Size full, int minimumSide) {
    List<Size> sizes = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      Size size = full.scaled(Math.pow(scale, -k));
      if (size.shorterSide() >= minimumSide) {
        sizes.add(size);
      }
    }
    Collections.reverse(sizes);
    return sizes;
  }
}
