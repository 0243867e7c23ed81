package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;

/**
 * A circular shift of an image (1, H, W, C), down and right where positive.
 *
 * @param rows how far down
 * @param columns how far right
 */
record Roll(int rows, int columns) {

  NDArray apply(NDArray nhwc) {
    return along(along(nhwc, 1, rows), 2, columns);
  }

  Roll back() {
    return new Roll(-rows, -columns);
  }

  private static NDArray along(NDArray x, int axis, int by) {
    long side = x.getShape().get(axis);
    long cut = Math.floorMod(-by, side);
    if (cut == 0) {
      return x;
    }
    NDArray head = x.get(slice(axis, 0, cut));
    NDArray tail = x.get(slice(axis, cut, side));
    return NDArrays.concat(new NDList(tail, head), axis);
  }

  private static NDIndex slice(int axis, long from, long to) {
    return axis == 1
        ? new NDIndex().addAllDim(1).addSliceDim(from, to)
        : new NDIndex().addAllDim(2).addSliceDim(from, to);
  }
}
