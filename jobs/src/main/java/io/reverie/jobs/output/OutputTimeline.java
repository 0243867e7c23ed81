package io.reverie.jobs.output;

import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import java.util.List;
import java.util.Optional;

/**
 * The timing and size of a result's frames.
 *
 * @param media supplies sound and other streams
 * @param index times of all frames of the source
 * @param range part that the result covers
 * @param size of the result's frames
 * @param cuts first times of shots, in the index's time base
 */
public record OutputTimeline(
    Optional<MediaSource> media, VideoIndex index, PtsRange range, Size size, List<Long> cuts) {

  public OutputTimeline {
    cuts = List.copyOf(cuts);
  }

  /** Creates a timeline of one shot. */
  public OutputTimeline(Optional<MediaSource> media, VideoIndex index, PtsRange range, Size size) {
    this(media, index, range, size, List.of());
  }

  /** The beginning of this timeline, before a presentation time. */
  public OutputTimeline until(long end) {
    PtsRange beginning = new PtsRange(range.from(), Math.min(range.to(), end));
    return new OutputTimeline(media, index, beginning, size, cuts);
  }

  public SegmentFormat format() {
    return SegmentFormat.of(index, size);
  }
}
