package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;

/**
 * A Laplacian pyramid whose bands are brought to the same strength: fine and coarse structure grow
 * alike (TensorFlow's tutorial of 2016).
 *
 * @param bands at least 2; fewer where the image is too small
 */
record Pyramid(int bands) {

  private static final double SILENCE = 1e-30;

  /** Normalises each band of a gradient (1, H, W, C) by its root mean square and sums them. */
  NDArray normalise(NDArray g) {
    return normalise(g, bands);
  }

  private static NDArray normalise(NDArray g, int bands) {
    int height = (int) g.getShape().get(1);
    int width = (int) g.getShape().get(2);
    if (bands < 2 || Math.min(height, width) < 2) {
      return unit(g);
    }
    NDArray low = Torch.resize(g, new Size((height + 1) / 2, (width + 1) / 2));
    NDArray high = g.sub(Torch.resize(low, new Size(height, width)));
    NDArray below = Torch.resize(normalise(low, bands - 1), new Size(height, width));
    return unit(high).add(below);
  }

  private static NDArray unit(NDArray band) {
    double power = band.square().mean().toType(DataType.FLOAT64, false).getDouble();
    return power > SILENCE ? band.mul(1 / Math.sqrt(power)) : band;
  }
}
