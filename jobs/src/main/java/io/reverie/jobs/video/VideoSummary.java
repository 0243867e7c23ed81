package io.reverie.jobs.video;

import io.reverie.jobs.report.FilmPlan;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.video.memory.MemoryNeed;
import java.io.Serializable;
import java.util.List;

/**
 * What the driver knows of a planned video: some numbers for each segment, nothing for each frame.
 *
 * @param message for the user of a dry run
 * @param frames of the result
 * @param segments frames of each, in order of time
 * @param seams numbers of the segments before each seam, in order of time
 * @param overlap frames of a seam
 * @param memory that one task needs
 * @param pixels of a dreamed frame
 * @param notices for the user, about kept dreams
 * @param film what a report shows of it; none without a report
 */
record VideoSummary(
    PlannedVideo video,
    String message,
    int frames,
    List<Integer> segments,
    List<Integer> seams,
    int overlap,
    MemoryNeed memory,
    double pixels,
    List<String> notices,
    List<FilmView> film)
    implements Serializable {

  VideoSummary {
    segments = List.copyOf(segments);
    seams = List.copyOf(seams);
    notices = List.copyOf(notices);
    film = List.copyOf(film);
  }

  /**
   * What a report shows of a video.
   *
   * @param moments presentation times of the frames to take pictures of
   */
  record FilmView(FilmPlan plan, List<Long> moments) implements Serializable {
    FilmView {
      moments = List.copyOf(moments);
    }
  }

  /** The number of frames that are dreamed; those of seams count twice. */
  long dreamed() {
    return segments.stream().mapToLong(Integer::longValue).sum();
  }

  /** Whether nothing is left to dream. */
  boolean isKept() {
    return video.kept().active() && video.kept().finished() >= segments.size();
  }
}
