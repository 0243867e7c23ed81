package io.reverie.jobs.cli;

import java.util.List;

/**
 * A setting to change.
 *
 * @param value the new value
 * @param base further settings that make the change visible
 */
record KeyChange(Job job, String key, String value, List<String> base) {

  /** What to run, and what to compare. */
  enum Job {
    /** The pixels of a still. */
    STILL,
    /** The pixels of a JPEG. */
    JPEG,
    /** The texts of a still, whose source has a position. */
    TEXTS,
    /** The pixels of a drawing from noise. */
    NOISE,
    /** The frames of a video. */
    VIDEO,
    /** Codec, frame rate, times and frames of a video file. */
    FILE,
    /** The same for numbered frames. */
    FRAMES,
    /** Frame rate and frames of a zoom video. */
    ZOOM
  }

  static KeyChange of(Job job, String key, String value, String... base) {
    return new KeyChange(job, key, value, List.of(base));
  }

  @Override
  public String toString() {
    return key + "=" + value;
  }
}
