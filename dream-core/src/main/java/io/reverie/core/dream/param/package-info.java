/** The variables that the ascent changes: pixels or Fourier coefficients. */
package io.reverie.core.dream.param;
