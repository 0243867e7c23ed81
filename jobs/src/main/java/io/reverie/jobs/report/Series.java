package io.reverie.jobs.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A value over the frames of a film, in a fixed number of buckets: a film of a million frames takes
 * as much memory as one of a thousand.
 */
final class Series {

  /** More than the columns of a screen. */
  private static final int MOST = 600;

  private final int frames;
  private final double[] sums;
  private final double[] lows;
  private final double[] highs;
  private final int[] counts;

  /**
   * The values of some neighbouring frames.
   *
   * @param at middle of the bucket, from 0 for the first frame to 1 for the last
   * @param gap whether frames before it have no value
   */
  record Point(double at, double low, double mean, double high, boolean gap) {}

  /** A series of this many frames, at least 1. */
  Series(int frames) {
    int buckets = buckets(frames);
    this.frames = frames;
    this.sums = new double[buckets];
    this.lows = new double[buckets];
    this.highs = new double[buckets];
    this.counts = new int[buckets];
  }

  private static int buckets(int frames) {
    return Math.min(frames, MOST);
  }

  /** The bucket of a frame in a series of this many frames. */
  static int bucket(int position, int frames) {
    return (int) ((long) position * buckets(frames) / frames);
  }

  /** Adds the values of neighbouring frames in one bucket; frames outside are ignored. */
  void add(int position, MeasureDigest.Values values) {
    if (position < 0 || position >= frames || values.count() == 0) {
      return;
    }
    int bucket = bucket(position, frames);
    boolean first = counts[bucket] == 0;
    lows[bucket] = first ? values.low() : Math.min(lows[bucket], values.low());
    highs[bucket] = first ? values.high() : Math.max(highs[bucket], values.high());
    sums[bucket] += values.sum();
    counts[bucket] += values.count();
  }

  /** Adds the value of a frame; values that are not finite, and frames outside, are ignored. */
  void add(int position, double value) {
    if (position < 0 || position >= frames || !Double.isFinite(value)) {
      return;
    }
    int bucket = bucket(position, frames);
    boolean first = counts[bucket] == 0;
    lows[bucket] = first ? value : Math.min(lows[bucket], value);
    highs[bucket] = first ? value : Math.max(highs[bucket], value);
    sums[bucket] += value;
    counts[bucket]++;
  }

  /** The buckets with values, in order. */
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double at = counts.length == 1 ? 0.5 : (double) i / (counts.length - 1);
        points.add(
            new Point(
                at, lows[i], sums[i] / counts[i], highs[i], !points.isEmpty() && last < i - 1));
        last = i;
      }
    }
    return points;
  }

  double highest() {
    return points().stream().mapToDouble(Point::high).max().orElse(0);
  }

  /** Mean over the frames with values; NaN if there are none. */
  double mean() {
    long count = 0;
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      count += counts[i];
      sum += sums[i];
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** Mean over frames from one position (inclusive) to another, to the accuracy of the buckets. */
  double mean(int from, int to) {
    long count = 0;
    double sum = 0;
    int last = (int) ((long) Math.max(from, to - 1) * counts.length / frames);
    for (int i = (int) ((long) from * counts.length / frames); i <= last; i++) {
      count += counts[i];
      sum += sums[i];
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
