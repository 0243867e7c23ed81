package io.reverie.jobs.forecast;

import java.io.Serializable;
import java.util.List;

/**
 * The seconds that one slot spends on frames of one kind, with all other slots busy.
 *
 * @param load until the first frame: engine and network, opened decoder, and what only the first
 *     frame of a process pays
 * @param lone a frame that is dreamed without a previous one, from decoding to encoding
 * @param carried a frame that continues the dream of the previous one, likewise; the same as {@code
 *     lone} where each frame is dreamed alone
 * @param faded a frame of a seam, which is read twice, mixed, measured and encoded
 * @param checked a frame of the result while it is assembled and read back
 * @param bytes of a frame in the result
 * @param sideBytes of a frame that is stored without loss for a seam
 */
public record FrameCost(
    double load,
    double lone,
    double carried,
    double faded,
    double checked,
    double bytes,
    double sideBytes)
    implements Serializable {

  public FrameCost {
    for (double value : new double[] {load, lone, carried, faded, checked, bytes, sideBytes}) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a frame cannot cost " + value);
      }
    }
  }

  /** Seconds of a task that dreams so many frames in a row. */
  public double task(int frames) {
    return frames == 0 ? 0 : lone + (frames - 1) * carried;
  }

  /** The same frames shown from a kept dream: all but the ascent. */
  public FrameCost replayed() {
    double shown = Math.max(0, faded - checked);
    return new FrameCost(load, shown, shown, faded, checked, bytes, sideBytes);
  }

  /** The mean of calibrations that ran side by side. */
  public static FrameCost mean(List<FrameCost> trials) {
    return new FrameCost(
        trials.stream().mapToDouble(FrameCost::load).average().orElseThrow(),
        trials.stream().mapToDouble(FrameCost::lone).average().orElseThrow(),
        trials.stream().mapToDouble(FrameCost::carried).average().orElseThrow(),
        trials.stream().mapToDouble(FrameCost::faded).average().orElseThrow(),
        trials.stream().mapToDouble(FrameCost::checked).average().orElseThrow(),
        trials.stream().mapToDouble(FrameCost::bytes).average().orElseThrow(),
        trials.stream().mapToDouble(FrameCost::sideBytes).average().orElseThrow());
  }
}
