package io.reverie.jobs.spec.curve;

import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.sound.Loudness;
import java.util.Arrays;

/**
 * The times and the loudness of a source: everything that a curve depends on.
 *
 * @param first pts of the first frame
 * @param unit of a pts, in seconds, above 0
 * @param frames seconds from the first frame to each frame, ascending, at least one
 */
public record Timeline(long first, double unit, double[] frames, Loudness loudness) {

  private static final double NOMINAL_RATE = 25;

  /** A still, which has a single frame at 0 s. */
  public static final Timeline NOMINAL = new Timeline(0, 1, new double[1], Loudness.NONE);

  public Timeline {
    if (!(unit > 0) || frames.length == 0) {
      throw new IllegalArgumentException(
          "a timeline cannot have %d frames in units of %s s".formatted(frames.length, unit));
    }
  }

  public static Timeline of(VideoIndex index, Loudness loudness) {
    long first = index.times()[0];
    double unit = index.timeBase().toDouble();
    double[] frames = Arrays.stream(index.times()).mapToDouble(t -> (t - first) * unit).toArray();
    return new Timeline(first, unit, frames, loudness);
  }

  /** Frames at a constant rate, whose pts are their numbers from 0. */
  public static Timeline steady(Rational rate) {
    double unit = rate.inverse().toDouble();
    return new Timeline(0, unit, new double[] {0, unit}, Loudness.NONE);
  }

  /** Seconds since the source's start. */
  public double seconds(long pts) {
    return (pts - first) * unit;
  }

  /** The time of a frame by its number; after the last frame, the average rate continues. */
  double frame(long number) {
    int last = frames.length - 1;
    if (number <= last) {
      return frames[(int) number];
    }
    double each = last > 0 ? frames[last] / last : 1 / NOMINAL_RATE;
    return frames[last] + (number - last) * each;
  }
}
