/** Residuals and masks, and the conversion of images to tensors. */
package io.reverie.core.dream.image;
