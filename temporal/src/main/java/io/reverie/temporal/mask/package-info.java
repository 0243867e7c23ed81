/** Masks, and the tracking of masks that are drawn for some frames only. */
package io.reverie.temporal.mask;
