package io.reverie.jobs.video.index;

import io.reverie.jobs.video.input.InputVideo;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.sound.Loudness;
import java.io.Serializable;

/**
 * A readable video.
 *
 * @param range of the frames to dream
 * @param loudness of its sound, if the spec follows it
 */
public record ReadVideo(InputVideo input, VideoIndex index, PtsRange range, Loudness loudness)
    implements Serializable {

  /** The number of frames to dream. */
  public int frames() {
    return index.count(range);
  }
}
