package io.reverie.video.shot;

import io.reverie.video.motion.GreyImage;
import java.util.ArrayList;
import java.util.List;

/** A frame with the three frames before and the two after it; fewer at the ends of the video. */
final class Neighbourhood {

  private static final int BEFORE = 3;
  private static final int AFTER = 2;

  /**
   * The data kept of a frame.
   *
   * @param change difference from the previous frame in percent of white
   */
  record Seen(long pts, GreyImage grey, double change) {}

  private final List<Seen> seen = new ArrayList<>();
  private int at;

  void add(Seen next) {
    seen.add(next);
  }

  /** Returns whether all following frames are available. */
  boolean isComplete() {
    return has(AFTER);
  }

  /** Returns whether the frame at an offset from the current one is available. */
  boolean has(int offset) {
    return at + offset >= 0 && at + offset < seen.size();
  }

  Seen get(int offset) {
    return seen.get(at + offset);
  }

  /** Makes the next frame the current one. */
  void advance() {
    if (at < BEFORE) {
      at++;
    } else {
      seen.remove(0);
    }
  }
}
