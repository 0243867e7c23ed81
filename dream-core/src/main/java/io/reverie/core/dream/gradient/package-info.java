/** The gradient of the objectives with respect to the image, whole or in tiles. */
package io.reverie.core.dream.gradient;
