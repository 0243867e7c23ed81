/** What shapes each ascent step: normalisation, smoothing, total variation, colours. */
package io.reverie.core.dream.prior;
