package io.reverie.video.encode;

import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.VideoIndex;
import java.util.ArrayList;
import java.util.List;

/**
 * When a frame of an animation is shown.
 *
 * @param pts in the source's time base
 * @param start in the output's unit, from 0
 * @param duration in the output's unit; 0 for a frame that is left out
 */
record AnimationFrame(long pts, long start, long duration) {
  AnimationFrame {
    if (start < 0 || duration < 0) {
      throw new IllegalArgumentException(
          "a frame cannot be shown from %d for %d units".formatted(start, duration));
    }
  }

  boolean isShown() {
    return duration > 0;
  }

  /**
   * Plans all frames. Each start is rounded individually, so that errors do not add up. Frames that
   * would be shown too briefly are left out.
   *
   * @param source of the frames
   * @param segments the indexes of the files that hold them
   * @param unit of the output's times
   * @param shortest time that a frame can be shown, in the output's unit
   */
  static List<AnimationFrame> plan(
      VideoIndex source, List<VideoIndex> segments, Rational unit, long shortest) {
    List<Long> times = new ArrayList<>();
    for (VideoIndex segment : segments) {
      double ticks = segment.timeBase().toDouble() / source.timeBase().toDouble();
      for (long pts : segment.times()) {
        times.add(Math.round(pts * ticks) + SegmentFormat.origin(source));
      }
    }
    if (times.isEmpty()) {
      return List.of();
    }
    int last = times.size() - 1;
    long after = times.get(last) + source.duration(source.first(times.get(last)));
    double tick = source.timeBase().toDouble() / unit.toDouble();
    List<AnimationFrame> frames = new ArrayList<>();
    long shown = 0;
    for (int i = 0; i <= last; i++) {
      long start = Math.round((times.get(i) - times.get(0)) * tick);
      boolean brief = i > 0 && start - shown < shortest;
      shown = brief ? shown : start;
      frames.add(new AnimationFrame(times.get(i), start, brief ? 0 : 1));
    }
    return withDurations(frames, Math.round((after - times.get(0)) * tick), shortest);
  }

  /** Lets each shown frame last until the next one, and the last one until the end. */
  private static List<AnimationFrame> withDurations(
      List<AnimationFrame> frames, long end, long shortest) {
    List<AnimationFrame> all = new ArrayList<>(frames);
    long next = end;
    for (int i = all.size() - 1; i >= 0; i--) {
      AnimationFrame frame = all.get(i);
      if (frame.isShown()) {
        long duration = Math.max(shortest, next - frame.start());
        all.set(i, new AnimationFrame(frame.pts(), frame.start(), duration));
        next = frame.start();
      }
    }
    return all;
  }
}
