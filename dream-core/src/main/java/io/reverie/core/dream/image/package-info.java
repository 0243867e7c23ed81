/** Pictures, residuals and masks as arrays and tensors. */
package io.reverie.core.dream.image;
