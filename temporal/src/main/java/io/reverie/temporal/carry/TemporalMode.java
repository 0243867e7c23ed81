package io.reverie.temporal.carry;

/** The starting point of a frame's dream. */
public enum TemporalMode {
  /** The previous dream, carried along the optical flow. */
  CARRY,
  /** A blend with the unmoved previous dream, as in the tools of 2015. */
  BLEND,
  /** The frame itself. */
  NONE
}
