package io.reverie.core.dream.transform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.PixelWindow;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The random transformation of the image at one step.
 *
 * @param roll circular shift of the whole image
 * @param window the part of the rolled image that the network sees; all of it if empty
 * @param scaleRotate applied to the window; differentiable
 */
public record Augmentation(
    Roll roll, Optional<PixelWindow> window, Optional<ScaleRotate> scaleRotate) {

  /**
   * Standard deviation of the window's position from the centre, as a share of the free space
   * (deepdraw).
   */
  private static final double SPREAD = 0.3;

  private static final int HEIGHT = 2;
  private static final int WIDTH = 4;
  private static final int SCALE = 6;
  private static final int ANGLE = 7;

  public static Augmentation of(
      Robustness robustness, CounterRng rng, int octave, int step, Shape image) {
    int limit = robustness.jitter();
    Roll roll = new Roll(rng.shift(octave, step, 0, limit), rng.shift(octave, step, 1, limit));
    int side = robustness.window();
    long height = Math.min(side, image.get(1));
    long width = Math.min(side, image.get(2));
    Optional<PixelWindow> window =
        side == 0 || (height == image.get(1) && width == image.get(2))
            ? Optional.empty()
            : Optional.of(
                new PixelWindow(
                    begin(image.get(1) - height, rng.normal(octave, step, HEIGHT)),
                    begin(image.get(2) - width, rng.normal(octave, step, WIDTH)),
                    height,
                    width));
    Optional<ScaleRotate> scaleRotate =
        robustness.scalesOrRotates()
            ? Optional.of(
                new ScaleRotate(
                    1 + robustness.scale() * (2 * rng.uniform(octave, step, SCALE) - 1),
                    robustness.rotate() * (2 * rng.uniform(octave, step, ANGLE) - 1)))
            : Optional.empty();
    return new Augmentation(roll, window, scaleRotate);
  }

  private static long begin(long room, double normal) {
    return Math.max(0, Math.min(room, Math.round(room / 2.0 + SPREAD * room * normal)));
  }

  /** Returns the gradient with respect to the whole image. */
  public NDArray gradient(NDArray image, UnaryOperator<NDArray> windowGradient) {
    return whole(windowGradient.apply(seen(image)), image);
  }

  /** Returns the part of the rolled image that the network sees, in the image's scope. */
  public NDArray seen(NDArray image) {
    return window.isEmpty()
        ? roll.apply(image)
        : roll.crop(image, window.get(), image.getManager());
  }

  /**
   * Returns the gradient with respect to the whole image.
   *
   * @param gradient with respect to what is {@link #seen}
   */
  public NDArray whole(NDArray gradient, NDArray image) {
    if (window.isEmpty()) {
      return roll.inverse().apply(gradient);
    }
    NDManager scope = image.getManager();
    NDArray g = scope.zeros(image.getShape(), image.getDataType());
    roll.add(gradient, g, window.get(), scope);
    return g;
  }

  /** Returns the part of the rolled image that the network sees. */
  public PixelWindow visible(Shape image) {
    return window.orElseGet(() -> PixelWindow.all(image));
  }

  /** Returns the share of the image that the network sees, above 0 and at most 1. */
  public double visibleShare(Shape image) {
    return window
        .map(w -> (double) w.height() * w.width() / (image.get(1) * image.get(2)))
        .orElse(1.0);
  }
}
