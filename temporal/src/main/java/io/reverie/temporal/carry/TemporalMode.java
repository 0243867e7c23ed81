package io.reverie.temporal.carry;

/** How the dream of a frame starts. */
public enum TemporalMode {
  /** From the dream of the frame before, carried along the optical flow. */
  CARRY,
  /** From a mixture with the dream of the frame before, unmoved: the tools of 2015. */
  BLEND,
  /** From the frame alone. */
  NONE
}
