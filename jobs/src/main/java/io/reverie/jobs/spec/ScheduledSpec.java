package io.reverie.jobs.spec;

import io.reverie.jobs.spec.Schedule.Track;
import io.reverie.jobs.spec.curve.Timeline;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.sound.Loudness;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * Evaluates a spec's schedule for each frame of one video. The result depends only on the frame's
 * time, so it does not matter which segment the frame belongs to.
 */
public final class ScheduledSpec {

  private final PipelineSpec spec;
  private final Timeline timeline;
  private final Map<Track, DoubleUnaryOperator> values = new HashMap<>();

  /**
   * Applies a schedule to a video.
   *
   * @param loudness unused if the schedule has no {@link Schedule#audioKeys audio keys}
   */
  public ScheduledSpec(PipelineSpec spec, VideoIndex index, Loudness loudness) {
    this(spec, Timeline.of(index, loudness));
  }

  /**
   * Applies a schedule to silent frames, numbered from 0.
   *
   * @param rate frames per second
   */
  public ScheduledSpec(PipelineSpec spec, Rational rate) {
    this(spec, Timeline.steady(rate));
  }

  private ScheduledSpec(PipelineSpec spec, Timeline timeline) {
    this.spec = spec;
    this.timeline = timeline;
    spec.schedule().tracks().forEach(track -> values.put(track, track.curve().over(timeline)));
  }

  /**
   * The constant spec of one frame.
   *
   * @param pts in the video's time base, or the frame's number
   */
  public PipelineSpec at(long pts) {
    if (spec.schedule().isEmpty()) {
      return spec;
    }
    double seconds = timeline.seconds(pts);
    return spec.schedule()
        .at(spec, track -> Objects.requireNonNull(values.get(track)).applyAsDouble(seconds))
        .with("schedule", Schedule.NONE);
  }
}
