package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the network is shown of an image at one step.
 *
 * @param roll of the whole
 * @param window of the rolled image; all of it if empty
 * @param turn of what is left, which gradients flow through
 */
record Look(Roll roll, Optional<Window> window, Optional<Turn> turn) {

  /** A deviation of the window from the middle, as a share of the room that there is (deepdraw). */
  private static final double SPREAD = 0.3;

  private static final int HEIGHT = 2;
  private static final int WIDTH = 4;
  private static final int SCALE = 6;
  private static final int ANGLE = 7;

  /** A square of an image, from its top left corner. */
  record Window(long top, long left, long height, long width) {

    NDArray cut(NDArray nhwc) {
      return nhwc.get(
          new NDIndex()
              .addAllDim(1)
              .addSliceDim(top, top + height)
              .addSliceDim(left, left + width));
    }

    /** Puts a piece into zeros of the whole's shape. */
    NDArray paste(NDArray piece, Shape whole) {
      NDArray zeros = piece.getManager().zeros(whole, piece.getDataType());
      zeros.set(
          new NDIndex().addAllDim(1).addSliceDim(top, top + height).addSliceDim(left, left + width),
          piece);
      return zeros;
    }
  }

  static Look of(Robustness robustness, Draws draws, int octave, int step, Shape image) {
    int limit = robustness.jitter();
    Roll roll = new Roll(draws.shift(octave, step, 0, limit), draws.shift(octave, step, 1, limit));
    int side = robustness.window();
    long height = Math.min(side, image.get(1));
    long width = Math.min(side, image.get(2));
    Optional<Window> window =
        side == 0 || (height == image.get(1) && width == image.get(2))
            ? Optional.empty()
            : Optional.of(
                new Window(
                    begin(image.get(1) - height, draws.normal(octave, step, HEIGHT)),
                    begin(image.get(2) - width, draws.normal(octave, step, WIDTH)),
                    height,
                    width));
    Optional<Turn> turn =
        robustness.isTurning()
            ? Optional.of(
                new Turn(
                    1 + robustness.scale() * (2 * draws.uniform(octave, step, SCALE) - 1),
                    robustness.rotate() * (2 * draws.uniform(octave, step, ANGLE) - 1)))
            : Optional.empty();
    return new Look(roll, window, turn);
  }

  private static long begin(long room, double normal) {
    return Math.max(0, Math.min(room, Math.round(room / 2.0 + SPREAD * room * normal)));
  }

  /** The gradient with respect to the whole image, given how to find it for what is seen. */
  NDArray uphill(NDArray image, UnaryOperator<NDArray> gradient) {
    NDArray rolled = roll.apply(image);
    NDArray g =
        window
            .map(w -> w.paste(gradient.apply(w.cut(rolled)), image.getShape()))
            .orElseGet(() -> gradient.apply(rolled));
    return roll.back().apply(g);
  }

  /** The share of the image that is seen, above 0 and at most 1. */
  double share(Shape image) {
    return window
        .map(w -> (double) w.height() * w.width() / (image.get(1) * image.get(2)))
        .orElse(1.0);
  }
}
