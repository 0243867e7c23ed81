package io.reverie.core.dream.param;

/** In what an image is climbed. */
public enum Parameterisation {
  /** In its pixels. */
  PIXELS,
  /**
   * In the Fourier basis with decorrelated colours (Olah et al. 2017): large forms and smooth
   * colours grow as easily as fine texture.
   */
  FOURIER
}
