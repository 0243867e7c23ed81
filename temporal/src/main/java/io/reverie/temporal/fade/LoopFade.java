package io.reverie.temporal.fade;

import io.reverie.core.Image;
import io.reverie.temporal.zoom.Tone;

/**
 * Closes the loop of a zoom by fading from the frames after its end into its beginning: with the
 * weight {@code a = (k + 1) / (n + 1)} of the beginning, frame k = 0 almost equals the frame after
 * the end, and frame n - 1 almost equals itself. A plain mixture is paler than both images, so its
 * tone is interpolated between theirs.
 *
 * @param frames n, 0 or more
 */
public record LoopFade(int frames) {

  public LoopFade {
    if (frames < 0) {
      throw new IllegalArgumentException("a loop cannot fade %d frames".formatted(frames));
    }
  }

  /**
   * Mixes a frame.
   *
   * @param end the frame as many frames after the end
   * @param begin the frame at the beginning
   * @param k number of the frame, from 0
   */
  public Image mix(Image end, Image begin, int k) {
    double weight = (k + 1.0) / (frames + 1);
    float[] rgb = new float[begin.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) ((1 - weight) * end.rgb()[i] + weight * begin.rgb()[i]);
    }
    return Tone.of(end).interpolate(Tone.of(begin), weight).pull(new Image(begin.size(), rgb), 1);
  }
}
