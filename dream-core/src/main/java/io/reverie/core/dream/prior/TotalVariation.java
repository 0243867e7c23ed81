package io.reverie.core.dream.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;

/**
 * The smoothed total variation of an image, {@code sum sqrt(dx^2 + dy^2 + 1)} over forward
 * differences in grey levels (Rudin, Osher and Fatemi 1992).
 */
public final class TotalVariation {

  private TotalVariation() {}

  /** Returns the derivative with respect to the image (1, H, W, C); each value is within -4..4. */
  public static NDArray gradient(NDArray image) {
    NDArray down = forward(image, 1);
    NDArray across = forward(image, 2);
    NDArray length = down.square().add(across.square()).add(1).sqrt();
    return backward(down.div(length), 1).add(backward(across.div(length), 2)).neg();
  }

  /** Returns the next value minus this one; 0 at the end. */
  private static NDArray forward(NDArray x, int axis) {
    long side = x.getShape().get(axis);
    NDArray difference = x.get(slice(axis, 1, side)).sub(x.get(slice(axis, 0, side - 1)));
    NDArray end = x.get(slice(axis, 0, 1)).zerosLike();
    return NDArrays.concat(new NDList(difference, end), axis);
  }

  /** Returns the negative adjoint of {@link #forward}: this value minus the previous one. */
  private static NDArray backward(NDArray x, int axis) {
    long side = x.getShape().get(axis);
    NDArray first = x.get(slice(axis, 0, 1));
    NDArray rest = x.get(slice(axis, 1, side)).sub(x.get(slice(axis, 0, side - 1)));
    return NDArrays.concat(new NDList(first, rest), axis);
  }

  private static NDIndex slice(int axis, long from, long to) {
    NDIndex index = new NDIndex();
    for (int before = 0; before < axis; before++) {
      index.addAllDim();
    }
    return index.addSliceDim(from, to);
  }
}
