package io.reverie.temporal.zoom;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a zoom into chunks. A looped zoom continues after its end; those frames are faded into
 * the beginning, which is stored until then.
 *
 * @param stretches in frame order
 */
public record ZoomPlan(List<Stretch> stretches) {

  /** The use of a stretch's frames. */
  public enum FrameUse {
    STORED,
    SHOWN,
    /** Faded into the stored frames and shown in their place. */
    FADED
  }

  /**
   * Consecutive frames that are encoded together.
   *
   * @param number from 0
   * @param from first frame
   * @param to frame after the last
   */
  public record Stretch(int number, int from, int to, FrameUse use) {

    public Stretch {
      if (number < 0 || from < 0 || from >= to) {
        throw new IllegalArgumentException(
            "stretch %d cannot have the frames %d to %d".formatted(number, from, to));
      }
    }
  }

  public ZoomPlan {
    stretches = List.copyOf(stretches);
  }

  /**
   * Plans a zoom.
   *
   * @param frames number of frames of the result
   * @param loop number of frames that are faded, at most {@code frames}
   * @param chunk largest number of frames per stretch
   */
  public static ZoomPlan of(int frames, int loop, int chunk) {
    if (frames < 1 || loop < 0 || loop > frames || chunk < 1) {
      throw new IllegalArgumentException(
          "a zoom of %d frames cannot have a loop of %d and chunks of %d"
              .formatted(frames, loop, chunk));
    }
    List<Stretch> all = new ArrayList<>();
    add(0, loop, chunk, FrameUse.STORED, all);
    add(loop, frames, chunk, FrameUse.SHOWN, all);
    add(frames, frames + loop, chunk, FrameUse.FADED, all);
    return new ZoomPlan(all);
  }

  private static void add(int from, int to, int chunk, FrameUse use, List<Stretch> all) {
    for (int begin = from; begin < to; begin += chunk) {
      all.add(new Stretch(all.size(), begin, Math.min(to, begin + chunk), use));
    }
  }

  /** Returns the stretches of the result in display order. */
  public List<Stretch> inDisplayOrder() {
    List<Stretch> all = new ArrayList<>(of(FrameUse.FADED));
    all.addAll(of(FrameUse.SHOWN));
    return all;
  }

  /** Returns the stored stretch that a faded one replaces. */
  public Stretch stored(Stretch faded) {
    return of(FrameUse.STORED).get(of(FrameUse.FADED).indexOf(faded));
  }

  private List<Stretch> of(FrameUse use) {
    return stretches.stream().filter(stretch -> stretch.use() == use).toList();
  }
}
