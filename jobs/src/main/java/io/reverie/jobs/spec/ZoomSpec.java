package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.FrameRate;
import io.reverie.video.Rational;
import java.io.Serializable;

/** The keys {@code zoom.*} of {@code reference.yaml}. */
public record ZoomSpec(int frames, String fps, int loop, int iterations, double toneCorrection)
    implements Serializable {

  public ZoomSpec {
    require(frames >= 1, "zoom.frames must be at least 1, not " + frames);
    require(
        loop >= 0 && loop <= frames,
        "zoom.loop must be from 0 to zoom.frames (%d), not %d".formatted(frames, loop));
    require(iterations >= 1, "zoom.iterations must be at least 1, not " + iterations);
    require(
        toneCorrection >= 0 && toneCorrection <= 1,
        "zoom.toneCorrection must be from 0 to 1, not " + toneCorrection);
    FrameRate.of("zoom.fps", fps);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw UserException.usage(sentence);
    }
  }

  /**
   * Frames that are dreamed: those of the video, and those that a loop fades into its beginning.
   */
  @JsonIgnore
  public int dreamed() {
    return frames + loop;
  }

  /** Frames per second. */
  @JsonIgnore
  public Rational rate() {
    return FrameRate.of("zoom.fps", fps);
  }
}
