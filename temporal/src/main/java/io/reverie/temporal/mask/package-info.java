/** Masks: drawn ones, and ones that track what they cover. */
package io.reverie.temporal.mask;
