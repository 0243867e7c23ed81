package io.reverie.video.timestamp;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a stream's clock was set anew, so that its times order its frames no longer.
 *
 * @param from seconds, where the clock left off
 * @param to seconds, where it went on
 */
public record ClockBreak(double from, double to) {

  /** So many packets may be shown before one that was decoded earlier. */
  private static final int FARTHEST_REORDER = 16;

  /**
   * Finds the first break: a fall that more packets keep to than a decoder reorders, or a leap by
   * more than {@link CopiedTimes#FARTHEST_LEAP} seconds.
   *
   * @param shown times in the order of the packets, but those of single packets gone astray
   * @param unit seconds of a tick
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
        Locale.ROOT, "%s from %.2f s to %.2f s", to < from ? "falls back" : "leaps", from, to);
  }
}
