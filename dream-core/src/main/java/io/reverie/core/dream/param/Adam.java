package io.reverie.core.dream.param;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;

/**
 * The optimiser Adam (Kingma and Ba 2015), block by block.
 *
 * @param mean the running mean of the gradient
 * @param square the running mean of its square
 */
record Adam(NDArray mean, NDArray square) {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  Adam(Shape shape, DataType type, NDManager scope) {
    this(scope.zeros(shape, type), scope.zeros(shape, type));
  }

  /**
   * Takes a gradient into the means and returns the step that follows from them.
   *
   * @param g the gradient of a block
   * @param steps number of the step, from 1
   */
  NDArray step(NDArray g, RowBlocks.Block block, int steps) {
    NDArray own = block.of(mean).muli(BETA1).addi(g.mul(1 - BETA1));
    NDArray squares = block.of(square).muli(BETA2).addi(g.square().mul(1 - BETA2));
    NDArray length = squares.mul(1 / (1 - Math.pow(BETA2, steps))).sqrt().add(EPSILON);
    return own.mul(1 / (1 - Math.pow(BETA1, steps))).div(length);
  }
}
