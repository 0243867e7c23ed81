package io.reverie.jobs.video;

import io.reverie.jobs.video.work.PlannedVideo;
import java.io.Serializable;

/** What a task found out about a video. */
sealed interface Planning extends Serializable {

  /**
   * A long video, whose cuts are unknown.
   *
   * @param frames to dream
   */
  record Uncut(PlannedVideo video, int frames) implements Planning {}

  /** A video whose plan is known. */
  record Ready(VideoSummary summary) implements Planning {}

  /**
   * A video that cannot be dreamed.
   *
   * @param sentence the error message
   * @param usage whether the command line or the settings are at fault
   */
  record Refused(String sentence, boolean usage) implements Planning {}
}
