/** Dreams a shot frame by frame, each from the dream before, carried along the optical flow. */
package io.reverie.temporal.carry;
