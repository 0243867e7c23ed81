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
 * A mask that is drawn for some frames, and follows what it covers on those between. Where a task
 * begins between two drawn ones, it looks at the frames from the earlier one on.
 */
final class MaskTracker implements AutoCloseable {

  private static final int NONE_YET = -1;

  private final SourceFrames source;
  private final Size size;
  private final IntFunction<Plane> drawn;
  private final OpticalFlow flow;
  private Optional<Followed> mask = Optional.empty();
  private Optional<Image> before = Optional.empty();

  /**
   * A drawn mask, where it has come to.
   *
   * @param which of those that are drawn
   */
  private record Followed(int which, Plane plane) {}

  /**
   * Begins.
   *
   * @param size to dream at
   * @param drawn the masks that are given, at this size
   */
  MaskTracker(SourceFrames source, Size size, IntFunction<Plane> drawn) {
    this.source = source;
    this.size = size;
    this.drawn = drawn;
    this.flow = source.flow().method().open();
  }

  /** The mask of the next frame. */
  Plane of(Frame frame, FramePosition when, NumberedPictures masks) {
    if (mask.isEmpty() && !masks.has(when)) {
      catchUp(when, masks);
    }
    return step(frame, when, masks);
  }

  /** Looks at the frames from the last drawn mask to this frame, as if it had begun there. */
  private void catchUp(FramePosition until, NumberedPictures masks) {
    long behind = Math.max(0, until.number() - masks.numbers().get(masks.last(until)));
    int from = (int) Math.max(0, until.position() - behind);
    try (FrameReader frames = source.from().apply(from)) {
      for (Optional<Frame> f = frames.next(); f.isPresent(); f = frames.next()) {
        FramePosition when = source.when().apply(f.get().pts());
        if (when.position() >= until.position()) {
          return;
        }
        step(f.get(), when, masks);
      }
    }
  }

  private Plane step(Frame frame, FramePosition when, NumberedPictures masks) {
    Image now = Dreamer.sized(FrameImages.image(frame), size);
    int which = masks.begun(when) ? masks.last(when) : NONE_YET;
    boolean same = which != NONE_YET && mask.isPresent() && mask.get().which() == which;
    Plane next = same ? moved(mask.get().plane(), frame, now) : drawn.apply(Math.max(0, which));
    mask = Optional.of(new Followed(which, next));
    if (source.shows(frame)) {
      before = Optional.of(now);
    } else if (!same) {
      // Whoever begins here has seen nothing before.
      before = Optional.empty();
    }
    return next;
  }

  private Plane moved(Plane last, Frame frame, Image now) {
    return source.follows(frame) && source.shows(frame) && before.isPresent()
        ? new MaskStep(before.get(), now, flow, source.flow().scale()).of(last)
        : last;
  }

  @Override
  public void close() {
    flow.close();
  }
}
