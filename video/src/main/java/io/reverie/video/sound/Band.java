package io.reverie.video.sound;

/** A frequency band. */
public enum Band {
  /** Below 250 Hz. */
  BASS,
  /** From 250 to 4000 Hz. */
  MID,
  /** Above 4000 Hz. */
  TREBLE,
  /** The whole spectrum. */
  FULL
}
