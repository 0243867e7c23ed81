/**
 * Dreams a shot frame by frame, each starting from the previous dream carried along the optical
 * flow.
 */
package io.reverie.temporal.carry;
