/** The bytes of weights files, also inside zip files, and the ways in which they may be invalid. */
package io.reverie.core.weights.source;
