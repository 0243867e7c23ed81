package io.reverie.temporal.carry;

import io.reverie.video.motion.Motion;
import io.reverie.video.motion.TwoWayMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The frames since the last keyframe. The newest becomes the next keyframe, the others become
 * in-betweens. A frame may join them only if the two keyframes would cover every in-between and no
 * setting jumps in between.
 */
final class WaitingFrames {

  /** Largest change of the objectives between two keyframes. */
  private static final double LARGEST_CHANGE = 0.05;

  /** Largest ratio of the ascent lengths of two keyframes. */
  private static final double LARGEST_RATIO = 1.1;

  /** Minimum consistency for a keyframe to count as visible. */
  private static final double SEEN = 0.5;

  /** Largest share of an in-between's pixels that neither keyframe covers. */
  private static final double BARE = 0.15;

  private final KeyframeInterval interval;
  private List<Waiting> frames = new ArrayList<>();

  /**
   * A waiting frame.
   *
   * @param back motion since the last keyframe
   * @param ahead motion from the newest waiting frame, unless it is that frame
   */
  record Waiting(ShotFrame frame, Motion back, Optional<Motion> ahead) {

    /** Returns the motion since the previous frame. */
    Optional<Motion> step() {
      return frame.frame().step().map(TwoWayMotion::back);
    }

    private Waiting until(TwoWayMotion next) {
      Motion further = ahead.map(a -> a.then(next.ahead())).orElse(next.ahead());
      return new Waiting(frame, back, Optional.of(further));
    }

    /**
     * Returns the share of the pixels to be dreamed that neither keyframe covers.
     *
     * @param past the dream of the previous keyframe, by pixel
     * @param future mask of the keyframe after
     */
    private double bare(float[] past, float[] future) {
      Motion next = ahead.orElseThrow();
      int due = 0;
      int bare = 0;
      for (int i = 0; i < past.length; i++) {
        if (frame.mask().weights()[i] > 0) {
          due++;
          bare += isSeen(back, i, past) || isSeen(next, i, future) ? 0 : 1;
        }
      }
      return (double) bare / due;
    }

    private static boolean isSeen(Motion motion, int place, float[] dreamed) {
      if (motion.consistency()[place] < SEEN) {
        return false;
      }
      OptionalInt target = motion.backward().target(place);
      return target.isPresent() && dreamed[target.getAsInt()] > 0;
    }
  }

  WaitingFrames(KeyframeInterval interval) {
    this.interval = interval;
  }

  /**
   * Adds a frame unless it must not wait.
   *
   * @return whether it was added
   */
  boolean add(LastKeyframe key, ShotFrame frame) {
    return interval.frames() > 1
        && continues(key, frame)
        && frame.frame().step().filter(step -> add(key, frame, step)).isPresent();
  }

  private boolean add(LastKeyframe key, ShotFrame frame, TwoWayMotion step) {
    List<Waiting> longer = new ArrayList<>();
    for (Waiting waiting : frames) {
      Waiting further = waiting.until(step);
      if (further.bare(key.carried().shares(), frame.mask().weights()) > BARE) {
        return false;
      }
      longer.add(further);
    }
    Motion back = newest().map(waiting -> step.back().then(waiting.back())).orElse(step.back());
    longer.add(new Waiting(frame, back, Optional.empty()));
    frames = longer;
    return true;
  }

  /** Returns whether the dream changes only gradually from a keyframe to a frame. */
  private static boolean continues(LastKeyframe key, ShotFrame frame) {
    FrameSettings settings = frame.settings();
    double ratio = settings.ascentLength() / key.ascentLength();
    return settings.isDreaming()
        && settings.camera().isStill()
        && !frame.mask().isEmpty()
        && !key.carried().isNone()
        && ratio <= LARGEST_RATIO
        && ratio >= 1 / LARGEST_RATIO
        && settings.objectives().change(key.objectives()) <= LARGEST_CHANGE;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  boolean isFull() {
    return frames.size() == interval.frames();
  }

  Optional<Waiting> newest() {
    return frames.isEmpty() ? Optional.empty() : Optional.of(frames.get(frames.size() - 1));
  }

  /** Removes all frames and returns them in order. */
  List<Waiting> take() {
    List<Waiting> taken = frames;
    frames = new ArrayList<>();
    return taken;
  }
}
