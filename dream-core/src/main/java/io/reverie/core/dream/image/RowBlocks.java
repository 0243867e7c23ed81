package io.reverie.core.dream.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Goes through the rows of images (1, H, W, C) from the top down, some at a time: what is computed
 * in between needs the memory of a strip, not of an image.
 *
 * @param pixels the most of one strip, but at least a row
 */
public record RowBlocks(long pixels) {

  /** All rows at once. */
  public static final RowBlocks WHOLE = new RowBlocks(Long.MAX_VALUE);

  /** 12 MB of colours each. */
  public static final RowBlocks SMALL = new RowBlocks(1L << 20);

  /**
   * Some rows of all images of a size.
   *
   * @param from the first
   * @param to behind the last
   * @param scope of what is computed of them; closed when the next strip begins
   */
  public record Strip(long from, long to, NDManager scope) {

    /** These rows, in the memory of the image. */
    public NDArray of(NDArray image) {
      return around(image, 0);
    }

    /** The same with as many rows more above and below, as far as there are any. */
    public NDArray around(NDArray image, long margin) {
      Shape shape = image.getShape();
      long top = Math.max(0, from - margin);
      long bottom = Math.min(shape.get(1), to + margin);
      return new PixelWindow(top, 0, bottom - top, shape.get(2)).of(image, scope);
    }

    /** Of something that was computed around these rows, the rows themselves. */
    public NDArray within(NDArray around, long margin) {
      long top = Math.min(from, margin);
      return new PixelWindow(top, 0, to - from, around.getShape().get(2)).of(around, scope);
    }

    /** Replaces these rows. */
    public void set(NDArray image, NDArray rows) {
      image.set(new PixelWindow(from, 0, to - from, image.getShape().get(2)).index(), rows);
    }
  }

  public void forEach(NDArray image, Consumer<Strip> work) {
    long height = image.getShape().get(1);
    long rows = Math.max(1, Math.min(height, pixels / image.getShape().get(2)));
    for (long top = 0; top < height; top += rows) {
      try (NDManager scope = image.getManager().newSubManager()) {
        work.accept(new Strip(top, Math.min(height, top + rows), scope));
      }
    }
  }

  /** The mean over an image of what is a mean over some of its rows. */
  public double mean(NDArray image, ToDoubleFunction<NDArray> ofRows) {
    double height = image.getShape().get(1);
    double[] mean = {0};
    forEach(
        image,
        strip ->
            mean[0] +=
                ofRows.applyAsDouble(strip.of(image)) * ((strip.to() - strip.from()) / height));
    return mean[0];
  }

  /** The mean magnitude of an image's values; in float64, as there are millions of them. */
  public double meanAbs(NDArray image) {
    return mean(image, rows -> rows.abs().toType(DataType.FLOAT64, false).mean().getDouble());
  }
}
