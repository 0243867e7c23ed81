package io.reverie.video.shot;

import io.reverie.video.motion.GreyImage;
import java.util.ArrayList;
import java.util.List;

/** A frame in question, the three before it and the two after; fewer at the video's ends. */
final class Neighbourhood {

  private static final int BEFORE = 3;
  private static final int AFTER = 2;

  /**
   * What is kept of a frame.
   *
   * @param change the difference from the frame before, in percent of white
   */
  record Seen(long pts, GreyImage grey, double change) {}

  private final List<Seen> seen = new ArrayList<>();
  private int at;

  void add(Seen next) {
    seen.add(next);
  }

  /** Whether all are there that come after. */
  boolean isComplete() {
    return has(AFTER);
  }

  /** Whether there is a frame so many after the one in question, or before. */
  boolean has(int offset) {
    return at + offset >= 0 && at + offset < seen.size();
  }

  Seen get(int offset) {
    return seen.get(at + offset);
  }

  /** Moves on to the next frame. */
  void advance() {
    if (at < BEFORE) {
      at++;
    } else {
      seen.remove(0);
    }
  }
}
