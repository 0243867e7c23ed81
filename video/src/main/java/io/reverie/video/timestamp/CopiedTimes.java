package io.reverie.video.timestamp;

/**
 * Times of a stream that is copied out of a file which may be damaged. They never step back.
 *
 * <ul>
 *   <li>A packet whose time lies after that of one which follows it, or that has none, begins where
 *       the packet before ends.
 *   <li>Where time steps back by less than a second, as with doubled packets, it waits.
 *   <li>Where it falls back farther or leaps by more than {@link #FARTHEST_LEAP} seconds and stays
 *       there, a clock was set anew: it goes on where the packet before ends, and all that follows
 *       is moved with it.
 * </ul>
 */
public final class CopiedTimes {

  /** Stands for a time that is not known, as in FFmpeg. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** Seconds; MP4 cannot hold much more between two frames. */
  public static final long FARTHEST_LEAP = 6 * 3600;

  private final long second;
  private boolean begun;
  private long last;
  private long end;
  private long moved;
  private long repaired;

  /**
   * Begins a stream.
   *
   * @param ticksPerSecond of its times, at least 1
   */
  public CopiedTimes(double ticksPerSecond) {
    this.second = Math.max(1, Math.round(ticksPerSecond));
  }

  /**
   * When a packet is decoded and shown.
   *
   * @param decoded may be {@link #UNKNOWN}, as may the others
   */
  public record Times(long shown, long decoded) {}

  /**
   * The times of the next packet.
   *
   * @param read its times in the file
   * @param duration in ticks; 0 if unknown
   * @param following the earliest decoding time of the packets that follow
   */
  public Times next(Times read, long duration, long following) {
    long own = read.decoded() == UNKNOWN ? read.shown() : read.decoded();
    long decoded = own == UNKNOWN ? end : steady(own, following);
    long delay = own == UNKNOWN || read.shown() == UNKNOWN ? 0 : Math.max(0, read.shown() - own);
    if (own == UNKNOWN || decoded != own + moved) {
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
    long time = own + moved;
    if (time < last && time > last - second) {
      return last;
    }
    if (time < last || time - end > FARTHEST_LEAP * second) {
      moved = end - own;
      repaired++;
      return end;
    }
    return time;
  }

  /** How many packets got another time than that of the file's clock. */
  public long repaired() {
    return repaired;
  }
}
