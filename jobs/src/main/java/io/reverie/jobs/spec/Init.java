package io.reverie.jobs.spec;

/** What the dream of a frame begins with. */
public enum Init {
  /** The dream of the frame before, carried along the flow. */
  CARRY,
  /** A mixture with the dream of the frame before, unmoved: the tools of 2015. */
  BLEND,
  /** The frame alone. */
  NONE
}
