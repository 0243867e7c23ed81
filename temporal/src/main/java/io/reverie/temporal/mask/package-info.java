/** Where frames may dream: drawn masks, and masks that follow what they cover. */
package io.reverie.temporal.mask;
