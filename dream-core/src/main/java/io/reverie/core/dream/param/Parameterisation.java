package io.reverie.core.dream.param;

/** The variables that the ascent changes. */
public enum Parameterisation {
  PIXELS,
  /**
   * The Fourier basis with decorrelated colours (Olah et al. 2017): large shapes and smooth colours
   * grow as easily as fine texture.
   */
  FOURIER
}
