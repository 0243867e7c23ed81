package io.reverie.core.dream.transform;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.dream.image.PixelWindow;

/**
 * How the image is moved about before each gradient, so that what grows does not depend on the grid
 * (jitter: Google 2015; scale and rotation: lucid; windows: deepdraw).
 *
 * @param jitter the largest circular shift in pixels, at least 0
 * @param scale the largest change of the scale, 0 to 0.5: 0.1 scales by 0.9 to 1.1
 * @param rotate the largest rotation to either side, in degrees, 0 to 180
 * @param window side in pixels of the square that a step looks at, near the centre most often; 0
 *     for the whole image
 */
public record Robustness(int jitter, double scale, double rotate, int window) {

  public Robustness {
    require(jitter >= 0, "jitter must be 0 or more, not " + jitter);
    require(scale >= 0 && scale <= 0.5, "robustness.scale must be from 0 to 0.5, not " + scale);
    require(rotate >= 0 && rotate <= 180, "robustness.rotate must be from 0 to 180, not " + rotate);
    require(window >= 0, "robustness.window must be 0 or more pixels, not " + window);
  }

  /** Jitter alone. */
  public static Robustness jitter(int jitter) {
    return new Robustness(jitter, 0, 0, 0);
  }

  /** How much of an image (1, H, W, C) a step looks at: from its corner, as no place is said. */
  public PixelWindow seen(Shape image) {
    return window == 0
        ? PixelWindow.all(image)
        : new PixelWindow(0, 0, Math.min(window, image.get(1)), Math.min(window, image.get(2)));
  }

  public boolean isTurning() {
    return scale > 0 || rotate > 0;
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new DreamException(sentence);
    }
  }
}
