package io.reverie.core.dream.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Processes images (1, H, W, C) in blocks of rows, so intermediate results take the memory of a
 * block and not of an image.
 *
 * @param pixels the most pixels of one block, at least a row
 */
public record RowBlocks(long pixels) {

  public RowBlocks {
    if (pixels < 1) {
      throw new IllegalArgumentException("a block cannot have %d pixels".formatted(pixels));
    }
  }

  /** One block of all rows. */
  public static final RowBlocks WHOLE = new RowBlocks(Long.MAX_VALUE);

  /** Blocks of at most 12 MB of RGB values. */
  public static final RowBlocks SMALL = new RowBlocks(1L << 20);

  /**
   * A block of rows, the same in all images of one size.
   *
   * @param from first row
   * @param to row after the last
   * @param scope owns intermediate results; closed before the next block
   */
  public record Block(long from, long to, NDManager scope) {
    public Block {
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException("rows %d to %d are not a block".formatted(from, to));
      }
    }

    /** Returns a view of these rows that shares the image's memory. */
    public NDArray of(NDArray image) {
      return around(image, 0);
    }

    /** Returns a view of these rows and up to {@code margin} further rows above and below. */
    public NDArray around(NDArray image, long margin) {
      Shape shape = image.getShape();
      long top = Math.max(0, from - margin);
      long bottom = Math.min(shape.get(1), to + margin);
      return new PixelWindow(top, 0, bottom - top, shape.get(2)).of(image, scope);
    }

    /** Extracts these rows from a result for {@link #around}. */
    public NDArray within(NDArray around, long margin) {
      long top = Math.min(from, margin);
      return new PixelWindow(top, 0, to - from, around.getShape().get(2)).of(around, scope);
    }

    public void set(NDArray image, NDArray rows) {
      image.set(new PixelWindow(from, 0, to - from, image.getShape().get(2)).index(), rows);
    }
  }

  public void forEach(NDArray image, Consumer<Block> work) {
    long height = image.getShape().get(1);
    long rows = Math.max(1, Math.min(height, pixels / image.getShape().get(2)));
    for (long top = 0; top < height; top += rows) {
      try (NDManager scope = image.getManager().newSubManager()) {
        work.accept(new Block(top, Math.min(height, top + rows), scope));
      }
    }
  }

  /** Returns the mean over an image, given the mean over some of its rows. */
  public double mean(NDArray image, ToDoubleFunction<NDArray> ofRows) {
    double height = image.getShape().get(1);
    double[] mean = {0};
    forEach(
        image,
        block ->
            mean[0] +=
                ofRows.applyAsDouble(block.of(image)) * ((block.to() - block.from()) / height));
    return mean[0];
  }

  /** Returns the mean magnitude of the values, summed in float64. */
  public double meanAbs(NDArray image) {
    return mean(image, rows -> rows.abs().toType(DataType.FLOAT64, false).mean().getDouble());
  }

  /**
   * Returns the weighted mean magnitude of the values, summed in float64; 0 if all weights are 0.
   *
   * @param weights (1, H, W, 1), at least 0
   */
  public double meanAbs(NDArray image, NDArray weights) {
    double[] sum = {0};
    forEach(
        image,
        block -> {
          NDArray weighted = block.of(image).abs().muli(block.of(weights));
          double mean = weighted.toType(DataType.FLOAT64, false).mean().getDouble();
          sum[0] += mean * (block.to() - block.from());
        });
    double weight = meanAbs(weights) * image.getShape().get(1);
    return weight == 0 ? 0 : sum[0] / weight;
  }
}
