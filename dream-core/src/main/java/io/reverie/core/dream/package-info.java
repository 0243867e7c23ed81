/** The dream itself: octaves, ascent, priors. */
package io.reverie.core.dream;
