package io.reverie.core.dream.transform;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.dream.image.PixelWindow;

/**
 * Random transformations before each gradient, which keep the result independent of the pixel grid
 * (jitter: Google 2015; scale and rotation: lucid; windows: deepdraw).
 *
 * @param jitter largest circular shift in pixels, at least 0
 * @param scale largest relative change of scale, 0 to 0.5: 0.1 scales by 0.9 to 1.1
 * @param rotate largest rotation in either direction in degrees, 0 to 180
 * @param window side in pixels of the random square that the network sees, usually near the centre;
 *     0 for the whole image
 */
public record Robustness(int jitter, double scale, double rotate, int window) {

  public Robustness {
    require(jitter >= 0, "jitter must be 0 or more, not " + jitter);
    require(scale >= 0 && scale <= 0.5, "robustness.scale must be from 0 to 0.5, not " + scale);
    require(rotate >= 0 && rotate <= 180, "robustness.rotate must be from 0 to 180, not " + rotate);
    require(window >= 0, "robustness.window must be 0 or more pixels, not " + window);
  }

  public static Robustness jitter(int jitter) {
    return new Robustness(jitter, 0, 0, 0);
  }

  /** Returns a window of the size that the network sees, placed at the image's corner. */
  public PixelWindow visible(Shape image) {
    return window == 0
        ? PixelWindow.all(image)
        : new PixelWindow(0, 0, Math.min(window, image.get(1)), Math.min(window, image.get(2)));
  }

  public boolean scalesOrRotates() {
    return scale > 0 || rotate > 0;
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new DreamException(sentence);
    }
  }
}
