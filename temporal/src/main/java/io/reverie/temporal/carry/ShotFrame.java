package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Mask;

/** A frame to dream with its settings. */
record ShotFrame(SourceFrame frame, FrameSettings settings) {

  long pts() {
    return frame.pts();
  }

  boolean corrupt() {
    return frame.corrupt();
  }

  /** Returns the source at the size of the ascent. */
  Image source() {
    return frame.image();
  }

  Mask mask() {
    return frame.mask();
  }
}
