package io.reverie.core.dream.param;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;
import java.util.function.BiFunction;

/**
 * The coefficients of the columns 0..W/2, transposed: (1, W/2 + 1, H, 1, 2). The others are their
 * conjugates, because the image is real. The transform is exact and separable: all rows, block by
 * block, then all columns, block by block, so it holds one plane of coefficients and a block.
 */
final class HalfSpectrum implements Spectrum {

  /** Small enough for a processor's cache. */
  static final RowBlocks BLOCKS = new RowBlocks(1 << 17);

  private final RowBlocks blocks;
  private final long height;
  private final long width;
  private final NDArray down;
  private final NDArray across;
  private final double lowest;

  HalfSpectrum(Shape image, RowBlocks blocks, NDManager scope) {
    this.blocks = blocks;
    this.height = image.get(1);
    this.width = image.get(2);
    this.lowest = 1.0 / Math.max(height, width);
    long columns = width / 2 + 1;
    this.down = scope.create(squares(height, height), new Shape(1, 1, height, 1, 1));
    this.across = scope.create(squares(width, columns), new Shape(1, columns, 1, 1, 1));
  }

  /** Returns the squares of the first frequencies of a side. */
  private static float[] squares(long side, long count) {
    float[] squares = new float[(int) count];
    for (int i = 0; i < count; i++) {
      double frequency = Math.min(i, side - i) / (double) side;
      squares[i] = (float) (frequency * frequency);
    }
    return squares;
  }

  @Override
  public RowBlocks blocks() {
    return blocks;
  }

  @Override
  public Shape shape() {
    return new Shape(1, width / 2 + 1, height, 1, 2);
  }

  @Override
  public NDArray scale(RowBlocks.Block block) {
    return block.of(across).add(down).sqrt().maximum(lowest).pow(-1);
  }

  @Override
  public void change(
      NDArray image, int colour, BiFunction<NDArray, RowBlocks.Block, NDArray> change) {
    try (NDManager own = image.getManager().newSubManager()) {
      NDArray spectrum = own.create(shape(), image.getDataType());
      blocks.forEach(image, block -> transformRows(image, colour, spectrum, block));
      blocks.forEach(
          spectrum,
          block -> {
            NDArray columns = block.of(spectrum).complex().fft(height, 2).real();
            NDArray changed = change.apply(columns, block);
            block.set(spectrum, changed.complex().ifft(height, 2).real());
          });
      blocks.forEach(image, block -> restoreRows(image, colour, spectrum, block));
    }
  }

  private static NDIndex colour(RowBlocks.Block rows, int colour) {
    return new NDIndex()
        .addAllDim(1)
        .addSliceDim(rows.from(), rows.to())
        .addAllDim(1)
        .addSliceDim(colour, colour + 1);
  }

  /** The places of some rows of the image in the transposed spectrum. */
  private static NDIndex transposed(RowBlocks.Block rows) {
    return new NDIndex().addAllDim(2).addSliceDim(rows.from(), rows.to());
  }

  private void transformRows(NDArray image, int colour, NDArray spectrum, RowBlocks.Block rows) {
    NDArray plane = image.get(colour(rows, colour));
    plane.attach(rows.scope());
    spectrum.set(transposed(rows), plane.rfft(width, 2).real().transpose(0, 2, 1, 3, 4));
  }

  private void restoreRows(NDArray image, int colour, NDArray spectrum, RowBlocks.Block rows) {
    NDArray columns = spectrum.get(transposed(rows));
    columns.attach(rows.scope());
    image.set(colour(rows, colour), columns.transpose(0, 2, 1, 3, 4).complex().irfft(width, 2));
  }
}
