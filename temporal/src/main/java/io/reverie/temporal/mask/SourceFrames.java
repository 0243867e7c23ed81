package io.reverie.temporal.mask;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.motion.FlowSettings;
import io.reverie.video.series.FramePosition;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/**
 * The frames of a video, for those who look at what was before.
 *
 * @param from opens the frames from a position on
 * @param when the place of a frame, by its pts
 * @param cuts whether a shot begins with the frame of a pts
 * @param flashes whether the frame of a pts is lit up or covered for a moment
 * @param flow how motion is found
 */
public record SourceFrames(
    IntFunction<FrameReader> from,
    LongFunction<FramePosition> when,
    LongPredicate cuts,
    LongPredicate flashes,
    FlowSettings flow) {

  /** Whether motion leads from the frame before to this one. */
  boolean follows(Frame frame) {
    return !cuts.test(frame.pts());
  }

  /** Whether what is seen can be believed. */
  boolean shows(Frame frame) {
    return !frame.corrupt() && !flashes.test(frame.pts());
  }
}
