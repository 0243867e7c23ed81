package io.reverie.jobs.video;

import io.reverie.core.Size;
import io.reverie.core.dream.image.Mask;
import io.reverie.jobs.network.DreamerFactory;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.storage.StoredSeries;
import io.reverie.temporal.carry.FrameSettings;
import io.reverie.temporal.carry.ShotDreamer;
import io.reverie.temporal.carry.ShotState;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.mask.FrameMasks;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Part;
import io.reverie.video.Frame;
import io.reverie.video.series.FramePosition;
import java.io.IOException;

/**
 * Dreams the frames of a segment in their order: settings of the moment, mask, carried dream. Not
 * thread-safe.
 */
final class FrameDreamer implements AutoCloseable {

  private final VideoItem video;
  private final ScheduledSpec spec;
  private final StageTimer timer;
  private final DreamerFactory dreamers;
  private final FrameMasks masks;
  private final ShotDreamer shot;

  /** Opens the network, the masks and the flow on a device: "cpu" or "gpu0", "gpu1", ... */
  FrameDreamer(VideoItem video, ResolvedSpec recipe, String device, StageTimer timer)
      throws IOException {
    PipelineSpec whole = recipe.spec();
    Size size = FrameImages.ofDream(video.dreamSize());
    this.video = video;
    this.spec = video.scheduled(whole);
    this.timer = timer;
    this.dreamers = new DreamerFactory(recipe, device);
    this.masks =
        FrameMasks.of(
            StoredSeries.open("mask", whole.mask().picture()),
            size,
            video.sourceFrames(whole.video().flow().settings()));
    this.shot = new ShotDreamer(whole.video().shot(), size, timer);
  }

  /**
   * A dreamed frame and what was measured of it.
   *
   * @param strength that it is shown at
   */
  record Dreamed(ShotDreamer.Dreamed dreamed, double strength) {}

  Dreamed next(Frame frame) {
    PipelineSpec now = spec.at(frame.pts());
    FramePosition position = video.when(frame.pts());
    boolean flash = video.shots().flashes().contains(frame.pts());
    Mask mask = timer.time(Part.FLOW, () -> masks.of(frame, position, now.mask().settings()));
    FrameSettings settings =
        new FrameSettings(
            dreamers.of(now, position),
            now.video().persistence(),
            now.video().blend(),
            now.camera().motion());
    return new Dreamed(shot.next(frame, flash, mask, settings), now.strength());
  }

  /** Everything that the next frame depends on. */
  ShotState state() {
    return shot.state();
  }

  /** Continues from a state, before the first frame. */
  void resume(ShotState state) {
    shot.resume(state);
  }

  @Override
  public void close() {
    try (dreamers;
        masks;
        shot) {
      // Closes all three, in reverse order, whatever fails.
    }
  }
}
