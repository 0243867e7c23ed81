package io.reverie.jobs.forecast;

import io.reverie.video.memory.MemoryNeed;
import java.util.List;

/**
 * How a video is divided, for its forecast.
 *
 * @param frames in the result
 * @param segments frames of each, the longest first, as they start
 * @param seams frames of each
 * @param chunk frames in one file of the work folder
 * @param pixels of a dreamed frame
 */
public record VideoModel(
    long frames, List<Integer> segments, List<Integer> seams, int chunk, double pixels) {

  /** Values of four bytes that a checkpoint keeps for each pixel. */
  private static final double STATE = 11 * 4;

  /** Read ranges of the source for each segment, its record, its checkpoints. */
  private static final int REQUESTS_PER_SEGMENT = 14;

  /** Written, looked up, read by the assembly, deleted. */
  private static final int REQUESTS_PER_FILE = 8;

  /** Listings, the sidecar, the result, and the folder that is deleted. */
  private static final int REQUESTS_PER_VIDEO = 30;

  public VideoModel {
    segments = List.copyOf(segments);
    seams = List.copyOf(seams);
  }

  /**
   * The job of dreaming it.
   *
   * @param start seconds from the command to the first task
   * @param memory of one task
   * @param remote whether the result goes to an object store
   */
  public JobModel job(FrameCost cost, double start, MemoryNeed memory, boolean remote) {
    long shared = seams.stream().mapToLong(Integer::longValue).sum();
    // Each side of a seam also holds a frame of margin.
    double sides = 2.0 * (shared + 2.0 * seams.size());
    return new JobModel(
        frames,
        segments.size(),
        start,
        cost.load(),
        List.of(
            segments.stream().map(cost::task).toList(),
            seams.stream().map(length -> length * cost.faded()).toList(),
            List.of(frames * cost.checked())),
        memory,
        frames * cost.bytes() + sides * cost.sideBytes() + segments.size() * STATE * pixels,
        frames * cost.bytes(),
        remote ? requests() : 0);
  }

  private long requests() {
    long files = seams.size() * 3L;
    for (int length : segments) {
      files += (length + chunk - 1) / chunk;
    }
    return REQUESTS_PER_VIDEO
        + (long) REQUESTS_PER_SEGMENT * segments.size()
        + REQUESTS_PER_FILE * files;
  }
}
