package io.reverie.core.dream.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;

/**
 * The difference between a dream and its source, in grey levels.
 *
 * @param size the size of the ascent
 * @param rgb interleaved RGB, row-major, {@code height * width * 3} values in -255..255
 */
public record Residual(Size size, float[] rgb) {

  public Residual {
    if (rgb.length != size.height() * size.width() * 3) {
      throw new IllegalArgumentException(
          "a residual of %s px cannot have %d values".formatted(size, rgb.length));
    }
  }

  /** Returns dream minus source, which have the same size. */
  public static Residual between(Image source, Image dream) {
    float[] rgb = new float[source.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = dream.rgb()[i] - source.rgb()[i];
    }
    return new Residual(source.size(), rgb);
  }

  /** Returns the mean magnitude in grey levels. */
  public double meanAbs() {
    double sum = 0;
    for (float value : rgb) {
      sum += Math.abs(value);
    }
    return sum / rgb.length;
  }

  /**
   * Returns {@code source + strength * residual}, clipped to 0..255.
   *
   * @param source of any size; the residual is resampled to it (bicubic)
   */
  public Image addTo(Image source, double strength) {
    float[] own = size.equals(source.size()) ? rgb : resized(source.size());
    float[] out = new float[own.length];
    for (int i = 0; i < out.length; i++) {
      double value = source.rgb()[i] + strength * own[i];
      out[i] = (float) Math.max(0, Math.min(255, value));
    }
    return new Image(source.size(), out);
  }

  private float[] resized(Size to) {
    Torch.useOneThread();
    try (NDManager scope = Torch.newManager(ai.djl.Device.cpu())) {
      NDArray own = ImageTensors.tensor(rgb, size, 3, scope);
      return Torch.withoutGradient(() -> ImageTensors.values(Torch.resizeBicubic(own, to)));
    }
  }
}
