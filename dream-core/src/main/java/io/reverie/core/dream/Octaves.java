package io.reverie.core.dream;

import io.reverie.core.DreamException;
import io.reverie.core.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The image pyramid of a dream.
 *
 * @param count number of sizes, 1 to 1000
 * @param scale the ratio of neighbouring sizes, above 1
 * @param own other ratios: of an octave's size to the one before it, by the octave's number from
 *     the smallest, 0; 1 repeats a size
 */
public record Octaves(int count, double scale, Map<Integer, Double> own) {

  private static final int MOST = 1000;

  public Octaves {
    own = Map.copyOf(own);
    if (count < 1 || count > MOST) {
      throw new DreamException("octaves.count must be from 1 to %d, not %d".formatted(MOST, count));
    }
    if (!(scale > 1) || !Double.isFinite(scale)) {
      throw new DreamException("octaves.scale must be above 1, not " + scale);
    }
    own.forEach(Octaves::require);
  }

  /** Creates octaves of one ratio. */
  public Octaves(int count, double scale) {
    this(count, scale, Map.of());
  }

  private static void require(int octave, double ratio) {
    if (octave < 1) {
      throw new DreamException(
          "octaves.each: the first octave has no size before it; leave out its scale");
    }
    if (!(ratio >= 1) || !Double.isFinite(ratio)) {
      throw new DreamException("octaves.each: scale must be at least 1, not " + ratio);
    }
  }

  /**
   * Returns the sizes whose shorter side is large enough, smallest first; empty if even the full
   * size is too small. A side is {@code round(side / r)} of the full size, where r is the product
   * of the ratios from the size to the full one: {@code scale^k} without own ratios.
   */
  public List<Size> sizes(Size full, int minimumSide) {
    List<Size> sizes = new ArrayList<>();
    int usual = 0;
    double others = 1;
    for (int k = count - 1; k >= 0; k--) {
      Size size = full.scaled(Math.pow(scale, -usual) / others);
      if (size.shorterSide() >= minimumSide) {
        sizes.add(size);
      }
      if (own.containsKey(k)) {
        others *= own.get(k);
      } else {
        usual++;
      }
    }
    Collections.reverse(sizes);
    return sizes;
  }
}
