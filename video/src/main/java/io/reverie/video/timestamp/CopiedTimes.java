package io.reverie.video.timestamp;

/**
 * Timestamps of a copied stream whose source may be damaged. They never decrease.
 *
 * <ul>
 *   <li>A packet without a time, or with one later than that of a following packet, starts at the
 *       end of the previous packet.
 *   <li>A step back of less than a second, as with duplicate packets, is held.
 *   <li>A larger step back, or a persistent jump of more than {@link #FARTHEST_LEAP} seconds, is a
 *       clock reset: the stream continues at the end of the previous packet, and all later times
 *       are shifted.
 * </ul>
 */
public final class CopiedTimes {

  /** An unknown time, as in FFmpeg. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** In seconds; MP4 cannot store much longer gaps between frames. */
  public static final long FARTHEST_LEAP = 6 * 3600;

  private final long second;
  private boolean begun;
  private long last;
  private long end;
  private long offset;
  private long repaired;

  /**
   * Starts a stream.
   *
   * @param ticksPerSecond time base of the stream, at least 1
   */
  public CopiedTimes(double ticksPerSecond) {
    this.second = Math.max(1, Math.round(ticksPerSecond));
  }

  /**
   * The times of a packet.
   *
   * @param decoded each value may be {@link #UNKNOWN}
   */
  public record Times(long shown, long decoded) {}

  /**
   * Returns the corrected times of the next packet.
   *
   * @param read times in the file
   * @param duration in ticks; 0 if unknown
   * @param following earliest decoding time of the following packets
   */
  public Times next(Times read, long duration, long following) {
    long own = read.decoded() == UNKNOWN ? read.shown() : read.decoded();
    long decoded = own == UNKNOWN ? end : steady(own, following);
    long delay = own == UNKNOWN || read.shown() == UNKNOWN ? 0 : Math.max(0, read.shown() - own);
    if (own == UNKNOWN || decoded != own + offset) {
      repaired++;
    }
    begun = true;
    last = decoded;
    end = decoded + Math.max(1, Math.min(duration, second));
    return new Times(decoded + (delay > FARTHEST_LEAP * second ? 0 : delay), decoded);
  }

  private long steady(long own, long following) {
    boolean astray = following != UNKNOWN && own > following;
    if (!begun) {
      return astray ? following : own;
    }
    if (astray) {
      return end;
    }
    long time = own + offset;
    if (time < last && time > last - second) {
      return last;
    }
    if (time < last || time - end > FARTHEST_LEAP * second) {
      offset = end - own;
      repaired++;
      return end;
    }
    return time;
  }

  /** Returns the number of packets whose times were corrected. */
  public long repaired() {
    return repaired;
  }
}
