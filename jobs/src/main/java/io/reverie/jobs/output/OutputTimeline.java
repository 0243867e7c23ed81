package io.reverie.jobs.output;

import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import java.util.Optional;

/**
 * The frames that a result is made of, as its container sees them.
 *
 * @param media that sound and other streams come from
 * @param index of the times of all frames
 * @param range the part that the result has
 * @param size of the result's frames
 */
public record OutputTimeline(
    Optional<MediaSource> media, VideoIndex index, PtsRange range, Size size) {

  public SegmentFormat format() {
    return SegmentFormat.of(index, size);
  }
}
