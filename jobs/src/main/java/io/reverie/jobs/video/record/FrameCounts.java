package io.reverie.jobs.video.record;

import java.io.Serializable;

/**
 * Counters of a segment or a seam.
 *
 * @param frames written to the result
 * @param seen frames of the source that count here
 * @param corrupt damaged or missing frames among them
 * @param resized frames of another size than the video among them
 * @param dynamic frames with HDR10+ metadata among them
 * @param steps of gradient ascent
 * @param zeroSteps steps whose gradient was zero
 */
public record FrameCounts(
    int frames, int seen, int corrupt, int resized, int dynamic, long steps, long zeroSteps)
    implements Serializable {

  public static final FrameCounts NONE = written(0);

  public FrameCounts {
    if (frames < 0
        || seen < 0
        || resized < 0
        || dynamic < 0
        || zeroSteps < 0
        || zeroSteps > steps) {
      throw new IllegalArgumentException(
          "%d of %d frames, %d resized, %d dynamic, and %d of %d steps without a gradient are inconsistent"
              .formatted(frames, seen, resized, dynamic, zeroSteps, steps));
    }
  }

  public static FrameCounts written(int frames) {
    return new FrameCounts(frames, 0, 0, 0, 0, 0, 0);
  }

  public FrameCounts plus(FrameCounts other) {
    return new FrameCounts(
        frames + other.frames,
        seen + other.seen,
        corrupt + other.corrupt,
        resized + other.resized,
        dynamic + other.dynamic,
        steps + other.steps,
        zeroSteps + other.zeroSteps);
  }
}
