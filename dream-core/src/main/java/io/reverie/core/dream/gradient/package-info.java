/** The gradient of the objectives with respect to the picture, whole or in tiles. */
package io.reverie.core.dream.gradient;
