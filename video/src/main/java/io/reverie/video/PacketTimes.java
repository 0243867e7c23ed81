package io.reverie.video;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Presentation times of a segment file's packets, in the order of the packets: in the source's time
 * base, counted from {@link SegmentFormat#origin}. Whoever joins segments needs those of all of
 * them before the first packet; kept next to a file, they save reading it twice.
 *
 * @param runs the first time, then pairs of a step and how often it is repeated; empty if the times
 *     are not known
 */
public record PacketTimes(List<Long> runs) implements Serializable {

  /** For files whose times were not recorded, and for those without packets. */
  public static final PacketTimes UNKNOWN = new PacketTimes(List.of());

  /** Far more packets than a segment has. */
  private static final int MAX_COUNT = 1 << 24;

  public PacketTimes {
    runs = List.copyOf(runs);
    if (!runs.isEmpty() && runs.size() % 2 == 0) {
      throw new IllegalArgumentException("a step without the number of its repetitions");
    }
    long count = runs.isEmpty() ? 0 : 1;
    for (int i = 2; i < runs.size(); i += 2) {
      long repeated = runs.get(i);
      if (repeated < 1 || repeated > MAX_COUNT || (count += repeated) > MAX_COUNT) {
        throw new IllegalArgumentException("a segment cannot have so many packets");
      }
    }
  }

  /** Returns the times of packets. */
  public static PacketTimes of(long... times) {
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      long step = i == 0 ? times[0] : times[i] - times[i - 1];
      int last = runs.size() - 1;
      if (i == 0) {
        runs.add(step);
      } else if (last > 0 && runs.get(last - 1) == step) {
        runs.set(last, runs.get(last) + 1);
      } else {
        runs.add(step);
        runs.add(1L);
      }
    }
    return new PacketTimes(runs);
  }

  /** Returns whether the times are known. */
  public boolean known() {
    return !runs.isEmpty();
  }

  /** Returns the number of packets. */
  public int count() {
    int count = runs.isEmpty() ? 0 : 1;
    for (int i = 2; i < runs.size(); i += 2) {
      count += runs.get(i).intValue();
    }
    return count;
  }

  /** Returns the times. */
  public long[] toArray() {
    long[] times = new long[count()];
    if (times.length > 0) {
      times[0] = runs.get(0);
    }
    int at = 1;
    for (int i = 1; i < runs.size(); i += 2) {
      for (long n = runs.get(i + 1); n > 0; n--) {
        times[at] = times[at - 1] + runs.get(i);
        at++;
      }
    }
    return times;
  }
}
