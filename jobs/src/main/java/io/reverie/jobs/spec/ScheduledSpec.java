package io.reverie.jobs.spec;

import io.reverie.jobs.spec.Schedule.Track;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.sound.Loudness;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * A spec at every moment of one video. It depends on a frame's time alone, and so is the same
 * whatever segment the frame is dreamed in.
 */
public final class ScheduledSpec {

  private final PipelineSpec spec;
  private final Timeline timeline;
  private final Map<Track, DoubleUnaryOperator> values = new HashMap<>();

  /**
   * Lays a spec's schedule over a video.
   *
   * @param loudness of its sound; only looked at if the schedule {@link Schedule#heard hears} it
   */
  public ScheduledSpec(PipelineSpec spec, VideoIndex index, Loudness loudness) {
    this(spec, Timeline.of(index, loudness));
  }

  /**
   * Lays a spec's schedule over frames that are numbered from 0, without sound.
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
   * The spec of a frame, in which nothing changes over time.
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
