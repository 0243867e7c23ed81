package io.reverie.video.timestamp;

import java.util.Locale;
import java.util.Optional;

/**
 * A discontinuity of a stream's clock, after which times no longer order the frames.
 *
 * @param from seconds on the clock before the break
 * @param to seconds on the clock after the break
 */
public record ClockBreak(double from, double to) {

  /** Limit of the packets that may be displayed before an earlier decoded one. */
  private static final int FARTHEST_REORDER = 16;

  /**
   * Finds the first break: a decrease that lasts for more packets than a decoder reorders, or a
   * jump of more than {@link CopiedTimes#FARTHEST_LEAP} seconds.
   *
   * @param shown presentation times in packet order, without stray ones
   * @param unit seconds per tick
   */
  public static Optional<ClockBreak> find(long[] shown, double unit) {
    long latest = shown.length == 0 ? 0 : shown[0];
    int fallen = 0;
    for (long time : shown) {
      fallen = time < latest ? fallen + 1 : 0;
      if ((time - latest) * unit > CopiedTimes.FARTHEST_LEAP || fallen > FARTHEST_REORDER) {
        return Optional.of(new ClockBreak(latest * unit, time * unit));
      }
      latest = Math.max(latest, time);
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s from %.2f s to %.2f s", to < from ? "steps back" : "jumps", from, to);
  }
}
