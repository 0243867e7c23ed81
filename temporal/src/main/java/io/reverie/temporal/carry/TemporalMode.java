package io.reverie.temporal.carry;

/** What the dream of a frame starts from. */
public enum TemporalMode {
  /** The previous dream, carried along the optical flow. */
  CARRY,
  /** A blend with the unmoved previous dream, as in the tools of 2015. */
  BLEND,
  /** The frame itself. */
  NONE
}
