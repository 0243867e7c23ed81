package io.reverie.temporal.zoom;

import java.util.ArrayList;
import java.util.List;

/**
 * In which pieces a dive is dreamed. One that can be played in a circle goes on for a while behind
 * its end; what it has there is faded into the beginning, which was set aside.
 *
 * @param stretches in the order of their frames
 */
public record ZoomPlan(List<Stretch> stretches) {

  /** What becomes of a stretch's frames. */
  public enum Fate {
    SET_ASIDE,
    SHOWN,
    /** Faded into those set aside, and shown in their place. */
    FADED
  }

  /**
   * Frames that are encoded at one go.
   *
   * @param number from 0
   * @param from the first frame's
   * @param to behind the last frame's
   */
  public record Stretch(int number, int from, int to, Fate fate) {}

  public ZoomPlan {
    stretches = List.copyOf(stretches);
  }

  /**
   * Plans a dive.
   *
   * @param frames of the result
   * @param loop how many of them are faded
   * @param chunk the most that are encoded at one go
   */
  public static ZoomPlan of(int frames, int loop, int chunk) {
    List<Stretch> all = new ArrayList<>();
    add(0, loop, chunk, Fate.SET_ASIDE, all);
    add(loop, frames, chunk, Fate.SHOWN, all);
    add(frames, frames + loop, chunk, Fate.FADED, all);
    return new ZoomPlan(all);
  }

  private static void add(int from, int to, int chunk, Fate fate, List<Stretch> all) {
    for (int begin = from; begin < to; begin += chunk) {
      all.add(new Stretch(all.size(), begin, Math.min(to, begin + chunk), fate));
    }
  }

  /** Those of the result, in the order in which they are seen. */
  public List<Stretch> seen() {
    List<Stretch> all = new ArrayList<>(of(Fate.FADED));
    all.addAll(of(Fate.SHOWN));
    return all;
  }

  /** What was set aside for a stretch that is faded. */
  public Stretch begin(Stretch faded) {
    return of(Fate.SET_ASIDE).get(of(Fate.FADED).indexOf(faded));
  }

  private List<Stretch> of(Fate fate) {
    return stretches.stream().filter(stretch -> stretch.fate() == fate).toList();
  }
}
