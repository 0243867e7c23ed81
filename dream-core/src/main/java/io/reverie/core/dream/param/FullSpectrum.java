package io.reverie.core.dream.param;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;
import java.util.function.BiFunction;

/** All coefficients (1, H, W, 1, 2), from one transform of the whole image. */
final class FullSpectrum implements Spectrum {

  private static final long[] AXES = {1, 2};

  private final RowBlocks blocks;
  private final long[] sides;
  private final NDArray scale;

  FullSpectrum(Shape image, RowBlocks blocks, NDManager scope) {
    this.blocks = blocks;
    long height = image.get(1);
    long width = image.get(2);
    this.sides = new long[] {height, width};
    this.scale = scope.create(scales((int) height, (int) width), new Shape(1, height, width, 1, 1));
  }

  private static float[] scales(int height, int width) {
    float[] scales = new float[height * width];
    double lowest = 1.0 / Math.max(height, width);
    for (int i = 0; i < height; i++) {
      double down = Math.min(i, height - i) / (double) height;
      for (int j = 0; j < width; j++) {
        double across = Math.min(j, width - j) / (double) width;
        scales[i * width + j] = (float) (1 / Math.max(lowest, Math.hypot(down, across)));
      }
    }
    return scales;
  }

  @Override
  public RowBlocks blocks() {
    return blocks;
  }

  @Override
  public Shape shape() {
    return new Shape(1, sides[0], sides[1], 1, 2);
  }

  @Override
  public NDArray scale(RowBlocks.Block block) {
    return block.of(scale);
  }

  @Override
  public void change(
      NDArray image, int colour, BiFunction<NDArray, RowBlocks.Block, NDArray> change) {
    NDIndex index = new NDIndex().addAllDim(3).addSliceDim(colour, colour + 1);
    try (NDManager own = image.getManager().newSubManager()) {
      NDArray plane = image.get(index);
      plane.attach(own);
      NDArray spectrum = plane.fft2(sides, AXES).real();
      blocks.forEach(
          spectrum, block -> block.set(spectrum, change.apply(block.of(spectrum), block)));
      NDArray changed = spectrum.complex().ifft2(sides, AXES).real().get(new NDIndex("..., 0"));
      image.set(index, changed);
    }
  }
}
