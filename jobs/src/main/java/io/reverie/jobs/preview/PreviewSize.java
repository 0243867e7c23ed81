package io.reverie.jobs.preview;

import io.reverie.core.Size;
import io.reverie.jobs.spec.PipelineSpec;

/**
 * The sizes of a look: as the settings say, and as the page shows it.
 *
 * @param shown size of the picture in the page
 * @param dreamed size that the page's picture is dreamed at
 * @param isSmaller whether that is smaller than the settings say
 */
record PreviewSize(Size shown, Size dreamed, boolean isSmaller) {

  /**
   * Fits a look into the page. The steps stay as they are; if the dream is smaller, shapes are
   * larger beside the picture, as with {@code --dream-size}.
   *
   * @param side longest side in the page
   */
  static PreviewSize of(Size source, PipelineSpec spec, int side) {
    Size whole = spec.size().of(source);
    Size dream = spec.dreamSize().of(whole);
    Size shown = fitted(whole, side);
    boolean smaller = dream.width() > shown.width() || dream.height() > shown.height();
    return new PreviewSize(shown, smaller ? shown : dream, smaller);
  }

  private static Size fitted(Size size, int side) {
    double scale = Math.min(1, (double) side / Math.max(size.width(), size.height()));
    return new Size(
        (int) Math.max(1, Math.round(size.width() * scale)),
        (int) Math.max(1, Math.round(size.height() * scale)));
  }
}
