package io.reverie.core.dream.transform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.PixelWindow;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the network is shown of an image at one step.
 *
 * @param roll of the whole
 * @param window of the rolled image; all of it if empty
 * @param turn of what is left, which gradients flow through
 */
public record Augmentation(Roll roll, Optional<PixelWindow> window, Optional<ScaleRotate> turn) {

  /** A deviation of the window from the middle, as a share of the room that there is (deepdraw). */
  private static final double SPREAD = 0.3;

  private static final int HEIGHT = 2;
  private static final int WIDTH = 4;
  private static final int SCALE = 6;
  private static final int ANGLE = 7;

  public static Augmentation of(
      Robustness robustness, CounterRng draws, int octave, int step, Shape image) {
    int limit = robustness.jitter();
    Roll roll = new Roll(draws.shift(octave, step, 0, limit), draws.shift(octave, step, 1, limit));
    int side = robustness.window();
    long height = Math.min(side, image.get(1));
    long width = Math.min(side, image.get(2));
    Optional<PixelWindow> window =
        side == 0 || (height == image.get(1) && width == image.get(2))
            ? Optional.empty()
            : Optional.of(
                new PixelWindow(
                    begin(image.get(1) - height, draws.normal(octave, step, HEIGHT)),
                    begin(image.get(2) - width, draws.normal(octave, step, WIDTH)),
                    height,
                    width));
    Optional<ScaleRotate> turn =
        robustness.isTurning()
            ? Optional.of(
                new ScaleRotate(
                    1 + robustness.scale() * (2 * draws.uniform(octave, step, SCALE) - 1),
                    robustness.rotate() * (2 * draws.uniform(octave, step, ANGLE) - 1)))
            : Optional.empty();
    return new Augmentation(roll, window, turn);
  }

  private static long begin(long room, double normal) {
    return Math.max(0, Math.min(room, Math.round(room / 2.0 + SPREAD * room * normal)));
  }

  /** The gradient with respect to the whole image, given how to find it for what is seen. */
  public NDArray uphill(NDArray image, UnaryOperator<NDArray> gradient) {
    if (window.isEmpty()) {
      return roll.back().apply(gradient.apply(roll.apply(image)));
    }
    NDManager scope = image.getManager();
    NDArray g = scope.zeros(image.getShape(), image.getDataType());
    NDArray piece = gradient.apply(roll.cut(image, window.get(), scope));
    roll.add(piece, g, window.get(), scope);
    return g;
  }

  /** The part of the rolled image that is seen. */
  public PixelWindow seen(Shape image) {
    return window.orElseGet(() -> PixelWindow.all(image));
  }

  /** The share of the image that is seen, above 0 and at most 1. */
  public double share(Shape image) {
    return window
        .map(w -> (double) w.height() * w.width() / (image.get(1) * image.get(2)))
        .orElse(1.0);
  }
}
