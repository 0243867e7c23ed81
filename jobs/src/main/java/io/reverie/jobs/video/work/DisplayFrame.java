package io.reverie.jobs.video.work;

import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.Frame;
import io.reverie.video.hdr.DisplayView;

/**
 * A source frame at the output's size, and what the network sees of it.
 *
 * @param view between the two
 * @param source as decoded
 * @param shown for a standard display; the source itself unless that is HDR
 * @param toneMapped whether the result is for a standard display, because its format cannot mark
 *     HDR
 */
public record DisplayFrame(DisplayView view, Frame source, Frame shown, boolean toneMapped) {

  /** Blends a dream of what is shown into the frame. */
  public Frame with(Residual residual, double strength) {
    float[] rgb = residual.addTo(FrameImages.image(shown), strength).rgb();
    return toneMapped ? shown.withRgb(rgb) : view.restored(source, shown, rgb);
  }
}
