package io.reverie.temporal.mask;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.motion.FlowSettings;
import io.reverie.video.series.FramePosition;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/**
 * Access to the frames of a video for tracking.
 *
 * @param from opens the frames from a position
 * @param position returns the position of a frame, given its pts
 * @param cuts whether a shot starts at a pts
 * @param flashes whether the frame at a pts belongs to a flash
 * @param flow optical flow settings
 */
public record SourceFrames(
    IntFunction<FrameReader> from,
    LongFunction<FramePosition> position,
    LongPredicate cuts,
    LongPredicate flashes,
    FlowSettings flow) {

  /** Returns whether the frame continues the shot of the previous one. */
  boolean continuesShot(Frame frame) {
    return !cuts.test(frame.pts());
  }

  /** Returns whether the frame is undamaged and not part of a flash. */
  boolean isReliable(Frame frame) {
    return !frame.corrupt() && !flashes.test(frame.pts());
  }
}
