/** Rules that shape each step: normalisation, smoothing, total variation, colours. */
package io.reverie.core.dream.prior;
