package io.reverie.core.dream.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.Size;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.engine.Torch;

/**
 * A Laplacian pyramid with bands normalised to equal strength, so fine and coarse structure grow
 * equally (TensorFlow's tutorial of 2016).
 *
 * @param bands at least 1, the whole gradient; small images have fewer
 * @param blocks blocks in which means are computed
 * @see <a href="https://doi.org/10.1109/TCOM.1983.1095851">Burt and Adelson 1983, The Laplacian
 *     Pyramid</a>
 */
public record LaplacianPyramid(int bands, RowBlocks blocks) {

  public LaplacianPyramid {
    if (bands < 1) {
      throw new IllegalArgumentException(
          "a Laplacian pyramid cannot have %d bands".formatted(bands));
    }
  }

  private static final double MIN_POWER = 1e-30;

  /**
   * Normalises each band of a gradient (1, H, W, C) by its root mean square and sums the bands, in
   * place with one further image of memory.
   */
  public void normalise(NDArray g) {
    int height = (int) g.getShape().get(1);
    int width = (int) g.getShape().get(2);
    if (bands < 2 || Math.min(height, width) < 2) {
      makeUnit(g);
      return;
    }
    Size size = new Size(width, height);
    try (NDManager scope = g.getManager().newSubManager()) {
      NDArray low = Torch.resize(g, new Size((width + 1) / 2, (height + 1) / 2));
      low.attach(scope);
      try (NDArray enlarged = Torch.resize(low, size)) {
        g.subi(enlarged);
      }
      makeUnit(g);
      new LaplacianPyramid(bands - 1, blocks).normalise(low);
      g.addi(Torch.resize(low, size));
    }
  }

  private void makeUnit(NDArray band) {
    double power =
        blocks.mean(band, b -> b.square().mean().toType(DataType.FLOAT64, false).getDouble());
    if (power > MIN_POWER) {
      band.muli(1 / Math.sqrt(power));
    }
  }
}
