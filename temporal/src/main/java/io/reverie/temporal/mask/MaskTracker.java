package io.reverie.temporal.mask;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.motion.OpticalFlow;
import io.reverie.video.series.FramePosition;
import io.reverie.video.series.NumberedPictures;
import io.reverie.video.still.Plane;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Tracks masks that are drawn for some frames only. A task that starts between two drawn masks
 * first replays the frames since the earlier one.
 */
final class MaskTracker implements AutoCloseable {

  private static final int NONE_YET = -1;

  private final SourceFrames source;
  private final Size size;
  private final IntFunction<Plane> drawn;
  private final OpticalFlow flow;
  private Optional<Followed> mask = Optional.empty();
  private Optional<Image> previous = Optional.empty();

  /**
   * A drawn mask and its tracked position.
   *
   * @param which index of the drawn mask
   */
  private record Followed(int which, Plane plane) {}

  /**
   * Starts without a mask.
   *
   * @param size size of the ascent
   * @param drawn returns drawn masks at this size
   */
  MaskTracker(SourceFrames source, Size size, IntFunction<Plane> drawn) {
    this.source = source;
    this.size = size;
    this.drawn = drawn;
    this.flow = source.flow().method().open();
  }

  /** Returns the mask of the next frame. */
  Plane of(Frame frame, FramePosition position, NumberedPictures masks) {
    if (mask.isEmpty() && !masks.has(position)) {
      catchUp(position, masks);
    }
    return step(frame, position, masks);
  }

  /** Replays the frames from the last drawn mask up to a frame. */
  private void catchUp(FramePosition until, NumberedPictures masks) {
    long distance = Math.max(0, until.number() - masks.numbers().get(masks.last(until)));
    int from = (int) Math.max(0, until.position() - distance);
    try (FrameReader frames = source.from().apply(from)) {
      for (Optional<Frame> f = frames.next(); f.isPresent(); f = frames.next()) {
        FramePosition position = source.position().apply(f.get().pts());
        if (position.position() >= until.position()) {
          return;
        }
        step(f.get(), position, masks);
      }
    }
  }

  private Plane step(Frame frame, FramePosition position, NumberedPictures masks) {
    Image current = Dreamer.sized(FrameImages.image(frame), size);
    int which = masks.hasStarted(position) ? masks.last(position) : NONE_YET;
    boolean same = which != NONE_YET && mask.isPresent() && mask.get().which() == which;
    Plane next = same ? moved(mask.get().plane(), frame, current) : drawn.apply(Math.max(0, which));
    mask = Optional.of(new Followed(which, next));
    if (source.isReliable(frame)) {
      previous = Optional.of(current);
    } else if (!same) {
      // A task that starts at this frame has no previous frame either.
      previous = Optional.empty();
    }
    return next;
  }

  private Plane moved(Plane last, Frame frame, Image current) {
    return source.continuesShot(frame) && source.isReliable(frame) && previous.isPresent()
        ? new MaskStep(previous.get(), current, flow, source.flow().scale()).of(last)
        : last;
  }

  @Override
  public void close() {
    flow.close();
  }
}
