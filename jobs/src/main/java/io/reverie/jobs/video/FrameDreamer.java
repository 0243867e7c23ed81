package io.reverie.jobs.video;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.image.Mask;
import io.reverie.jobs.listing.StoredSeries;
import io.reverie.jobs.network.DreamerFactory;
import io.reverie.jobs.run.BatchSize;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.stage.CloseList;
import io.reverie.jobs.video.work.DisplayFrame;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.temporal.carry.FrameSettings;
import io.reverie.temporal.carry.ShotDreamer;
import io.reverie.temporal.carry.ShotReplay;
import io.reverie.temporal.carry.ShotSource;
import io.reverie.temporal.carry.ShotState;
import io.reverie.temporal.carry.SourceFrame;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.mask.FrameMasks;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.video.Frame;
import io.reverie.video.series.FramePosition;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * Dreams the frames of a segment in order, each with its own settings and mask, carrying the dream
 * from frame to frame. Not thread-safe, but frames may be prepared on another thread.
 */
final class FrameDreamer implements AutoCloseable {

  private final VideoItem video;
  private final ScheduledSpec spec;
  private final StageTimer timer;
  private final CloseList opened = new CloseList();
  private final DreamerFactory dreamers;
  private final FrameMasks masks;
  private final ShotSource source;
  private final ShotDreamer shot;
  private final Queue<Shown> waiting = new ArrayDeque<>();
  private final ShotReplay replay;

  /** Opens the network, the masks and the optical flow of a frame that is dreamed alone. */
  FrameDreamer(VideoItem video, String device, StageTimer timer) throws IOException {
    this(video, device, BatchSize.ALONE, timer);
  }

  /**
   * Opens the network, the masks and the optical flow.
   *
   * @param device such as cpu or gpu0
   * @param batch how many dreams of the device may share a pass of the network
   */
  FrameDreamer(VideoItem video, String device, BatchSize batch, StageTimer timer)
      throws IOException {
    PipelineSpec base = video.spec();
    Size size = FrameImages.ofDream(video.dreamSize());
    this.video = video;
    this.spec = video.scheduled();
    this.timer = timer;
    try {
      this.dreamers =
          opened.add(new DreamerFactory(video.resolved(), device, batch), DreamerFactory::close);
      this.masks =
          opened.add(
              FrameMasks.of(
                  StoredSeries.open("mask", base.mask().picture()),
                  size,
                  video.sourceFrames(base.video().flow().settings())),
              FrameMasks::close);
      this.source = opened.add(new ShotSource(base.video().shot(), size, timer), ShotSource::close);
      this.shot = opened.add(new ShotDreamer(base.video().shot(), size, timer), ShotDreamer::close);
      this.replay = opened.add(new ShotReplay(size, timer), ShotReplay::close);
    } catch (IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /**
   * A frame with what its dream needs.
   *
   * @param now settings at this frame
   * @param source empty if it shows an earlier dream
   */
  record Prepared(
      DisplayFrame viewed,
      PipelineSpec now,
      FramePosition position,
      boolean flash,
      Optional<SourceFrame> source) {

    long pts() {
      return viewed.source().pts();
    }
  }

  /** A frame whose dream is not complete yet. */
  private record Shown(DisplayFrame viewed, double strength) {}

  /**
   * A dreamed frame and its measures.
   *
   * @param strength at which the dream is blended into the output
   */
  record Dreamed(DisplayFrame viewed, ShotDreamer.Dreamed dreamed, double strength) {

    Dream dream() {
      return dreamed.dream();
    }

    FrameMeasures measures() {
      return dreamed.measures();
    }
  }

  /** Prepares the next frame for {@link #push}, which may be in use on another thread. */
  Prepared prepare(Frame decoded) {
    Prepared viewed = view(decoded);
    Frame frame = viewed.viewed().shown();
    Mask mask =
        timer.time(
            Stage.FLOW, () -> masks.of(frame, viewed.position(), viewed.now().mask().settings()));
    return new Prepared(
        viewed.viewed(),
        viewed.now(),
        viewed.position(),
        viewed.flash(),
        Optional.of(source.next(frame, viewed.flash(), mask)));
  }

  /** Prepares the next frame for {@link #replay}. */
  Prepared view(Frame decoded) {
    DisplayFrame viewed = timer.time(Stage.DECODE, () -> video.view(decoded));
    long pts = decoded.pts();
    return new Prepared(
        viewed, spec.at(pts), video.position(pts), video.isFlash(pts), Optional.empty());
  }

  /** Takes the next frame and returns those that are complete, in order. */
  List<Dreamed> push(Prepared next) {
    waiting.add(new Shown(next.viewed(), next.now().strength()));
    return complete(shot.push(next.source().orElseThrow(), settings(next)));
  }

  /** Completes the frames that wait; call it at the end of a chunk. */
  List<Dreamed> finish() {
    return complete(shot.finish());
  }

  private List<Dreamed> complete(List<ShotDreamer.Dreamed> dreamed) {
    return dreamed.stream()
        .map(
            each -> {
              Shown shown = waiting.remove();
              return new Dreamed(shown.viewed(), each, shown.strength());
            })
        .toList();
  }

  /**
   * Shows the next frame of a dream that was made earlier. Either all frames are dreamed, or all
   * are shown.
   *
   * @param earlier returns the frame's dream, given the source at the size of the ascent
   */
  Dreamed replay(Prepared next, Function<Image, ShotReplay.Earlier> earlier) {
    return new Dreamed(
        next.viewed(),
        replay.next(next.viewed().shown(), next.flash(), settings(next), earlier),
        next.now().strength());
  }

  private FrameSettings settings(Prepared next) {
    PipelineSpec now = next.now();
    return new FrameSettings(
        dreamers.of(now, next.position()),
        now.video().persistence(),
        now.video().blend(),
        now.camera().motion());
  }

  /** Everything that the next frame depends on. */
  ShotState state() {
    return shot.state();
  }

  /** Restores a state; call before the first frame is prepared. */
  void resume(ShotState state) {
    source.resume(state);
    shot.resume(state);
  }

  @Override
  public void close() {
    opened.close();
  }
}
