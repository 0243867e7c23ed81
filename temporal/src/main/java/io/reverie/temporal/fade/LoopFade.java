package io.reverie.temporal.fade;

import io.reverie.core.Image;
import io.reverie.temporal.zoom.Tone;

/**
 * Fades from behind the end of a dive into its beginning: with the weight {@code a = (k + 1) / (n +
 * 1)} of its own, frame k is hardly more than what follows the end, frame n - 1 hardly less than
 * itself. A plain mixture is paler than both pictures, so it is given the tone between theirs.
 *
 * @param frames n
 */
public record LoopFade(int frames) {

  /**
   * Mixes a frame.
   *
   * @param end what the dive has as many frames behind its end
   * @param begin the frame itself
   * @param k its number, from 0
   */
  public Image mix(Image end, Image begin, int k) {
    double weight = (k + 1.0) / (frames + 1);
    float[] rgb = new float[begin.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) ((1 - weight) * end.rgb()[i] + weight * begin.rgb()[i]);
    }
    return Tone.of(end).towards(Tone.of(begin), weight).pull(new Image(begin.size(), rgb), 1);
  }
}
