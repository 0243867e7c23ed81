package io.reverie.jobs.spec;

import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.sound.Loudness;
import java.util.Arrays;

/**
 * When what happens in a source: all that schedules look at.
 *
 * @param first the first frame's pts
 * @param unit of a pts, in seconds
 * @param frames seconds from the first frame's time to each frame's, ascending
 */
record Timeline(long first, double unit, double[] frames, Loudness loudness) {

  private static final double USUAL_RATE = 25;

  /** Of nothing in particular, and of a still, which is all at 0 s. */
  static final Timeline NOMINAL = new Timeline(0, 1, new double[1], Loudness.NONE);

  static Timeline of(VideoIndex index, Loudness loudness) {
    long first = index.times()[0];
    double unit = index.timeBase().toDouble();
    double[] frames = Arrays.stream(index.times()).mapToDouble(t -> (t - first) * unit).toArray();
    return new Timeline(first, unit, frames, loudness);
  }

  /** Of frames that are numbered from 0 and follow each other evenly. */
  static Timeline steady(Rational rate) {
    double unit = rate.inverse().toDouble();
    return new Timeline(0, unit, new double[] {0, unit}, Loudness.NONE);
  }

  /** Seconds from the source's beginning to a frame's time. */
  double seconds(long pts) {
    return (pts - first) * unit;
  }

  /** The same by the frame's number; behind the last, frames go on at their average rate. */
  double frame(long number) {
    int last = frames.length - 1;
    if (number <= last) {
      return frames[(int) number];
    }
    double each = last > 0 ? frames[last] / last : 1 / USUAL_RATE;
    return frames[last] + (number - last) * each;
  }
}
