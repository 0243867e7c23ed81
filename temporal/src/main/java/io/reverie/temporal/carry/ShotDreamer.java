package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.FocusRule.Start;
import io.reverie.temporal.carry.Inbetween.Side;
import io.reverie.temporal.carry.WaitingFrames.Waiting;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.FrameMeter.Sample;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.TwoWayMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Dreams the frames of a shot in order. Keyframes start from the keyframe before; the frames
 * between them mix both and therefore wait for the later one. Not thread-safe.
 */
public final class ShotDreamer implements AutoCloseable {

  private final ShotSettings shotSettings;
  private final Size size;
  private final StageTimer timer;
  private final FrameMeter meter;
  private final StrengthTarget target = new StrengthTarget();
  private final WaitingFrames waiting;
  private Optional<LastKeyframe> last = Optional.empty();

  /**
   * A dreamed frame and its measures.
   *
   * @param source at the size of the ascent
   * @param dream likewise
   */
  public record Dreamed(Image source, Dream dream, FrameMeasures measures) {}

  /** A keyframe after its ascent. */
  private record Keyframe(FrameStart starts, Optional<Start> start, Dream dream) {

    CarriedState carried() {
      return starts.carriedState(dream, start);
    }
  }

  /**
   * Starts a shot or a segment of one.
   *
   * @param size size of the ascent
   */
  public ShotDreamer(ShotSettings settings, Size size, StageTimer timer) {
    this.shotSettings = settings;
    this.size = size;
    this.timer = timer;
    this.waiting = new WaitingFrames(shotSettings.interval());
    this.meter = new FrameMeter(size);
  }

  /**
   * Takes the next frame, as a {@link ShotSource} prepared it.
   *
   * <p>A flash shows the unmoved dream of the previous frame, from which the next frame continues.
   *
   * @return the frames that are complete, in order
   */
  public List<Dreamed> push(SourceFrame source, FrameSettings settings) {
    ShotFrame next = new ShotFrame(source, settings);
    if (joins(next)) {
      return waiting.isFull() ? finish() : List.of();
    }
    List<Dreamed> done = new ArrayList<>(finish());
    if (!joins(next)) {
      done.add(keyframe(next));
    }
    return done;
  }

  private boolean joins(ShotFrame next) {
    return last.isPresent()
        && !next.frame().flash()
        && timer.time(Stage.FLOW, () -> waiting.add(last.get(), next));
  }

  /**
   * Completes the waiting frames, the newest of which becomes a keyframe. Call it after the last
   * frame, and before {@link #state}.
   */
  public List<Dreamed> finish() {
    List<Waiting> frames = waiting.take();
    if (frames.isEmpty()) {
      return List.of();
    }
    LastKeyframe before = last.orElseThrow();
    Waiting newest = frames.get(frames.size() - 1);
    target.advance(frames.size());
    ShotFrame frame = newest.frame();
    Keyframe key = ascend(frame, Optional.of(before), Optional.of(newest.back()));
    CarriedState carried = key.carried();
    List<Dreamed> done = new ArrayList<>();
    for (Waiting between : frames.subList(0, frames.size() - 1)) {
      double at = (done.size() + 1.0) / frames.size();
      done.add(
          inbetween(
              between,
              new Side(before.carried(), between.back()),
              new Side(carried, between.ahead().orElseThrow()),
              at));
    }
    Sample sample = key.starts().sample(frame.pts(), key.dream(), key.start());
    done.add(new Dreamed(frame.source(), key.dream(), measure(sample, true, newest.step())));
    keep(frame, key, done);
    return done;
  }

  private Dreamed inbetween(Waiting between, Side before, Side after, double at) {
    ShotFrame frame = between.frame();
    Dream dream =
        timer.time(
            Stage.FLOW,
            () -> new Inbetween(frame, shotSettings.flow().warp()).mix(before, after, at));
    FrameStart starts = starts(frame);
    return new Dreamed(
        frame.source(), dream, measure(starts.inbetween(frame.pts(), dream), true, between.step()));
  }

  /** Dreams a frame at once, from the last keyframe or alone. */
  private Dreamed keyframe(ShotFrame frame) {
    Optional<LastKeyframe> before = last.filter(l -> !l.corrupt() && !frame.corrupt());
    Optional<Motion> motion = frame.frame().step().map(TwoWayMotion::back);
    target.advance(1);
    Keyframe key = ascend(frame, before, motion);
    Sample sample = key.starts().sample(frame.pts(), key.dream(), key.start());
    if (frame.frame().flash()) {
      return new Dreamed(
          frame.source(), key.dream(), timer.time(Stage.MEASURE, () -> meter.measureAlone(sample)));
    }
    Dreamed dreamed =
        new Dreamed(frame.source(), key.dream(), measure(sample, before.isPresent(), motion));
    keep(frame, key, List.of(dreamed));
    return dreamed;
  }

  private FrameStart starts(ShotFrame frame) {
    return new FrameStart(shotSettings, frame.settings(), frame.source(), frame.mask());
  }

  private Keyframe ascend(ShotFrame frame, Optional<LastKeyframe> before, Optional<Motion> motion) {
    FrameStart starts = starts(frame);
    Optional<Start> start =
        timer.time(
            Stage.ASCENT,
            () -> before.flatMap(l -> starts.after(l, motion, target, () -> alone(frame))));
    Dream dream =
        timer.time(
            Stage.ASCENT,
            () ->
                frame
                    .settings()
                    .dreamer()
                    .dream(frame.source(), frame.mask(), frame.pts(), start.map(Start::warmStart)));
    if (start.isEmpty() && !frame.corrupt() && !frame.frame().flash() && !frame.mask().isEmpty()) {
      target.measure(
          frame.source(),
          frame.mask(),
          frame.settings().ascentLength(),
          dream.residual().meanAbs());
    }
    return new Keyframe(starts, start, dream);
  }

  /** Returns the strength of the frame, dreamed without the previous one. */
  private static double alone(ShotFrame frame) {
    return frame
        .settings()
        .dreamer()
        .dream(frame.source(), frame.mask(), frame.pts(), Optional.empty())
        .residual()
        .meanAbs();
  }

  /** Keeps a keyframe for the next one, and how strong it and its in-betweens became. */
  private void keep(ShotFrame frame, Keyframe key, List<Dreamed> done) {
    if (key.start().isPresent()) {
      target.correct(
          frame.mask(), new ShotMeasures(done.stream().map(Dreamed::measures).toList()).strength());
    }
    last =
        Optional.of(
            new LastKeyframe(
                frame.source(),
                key.carried(),
                frame.settings().objectives(),
                frame.settings().ascentLength(),
                frame.corrupt()));
  }

  /**
   * Returns everything that the next frame depends on.
   *
   * @throws IllegalStateException if frames are waiting
   */
  public ShotState state() {
    if (!waiting.isEmpty()) {
      throw new IllegalStateException("frames are waiting for a keyframe");
    }
    return new ShotState(
        meter.ages(),
        meter.measured(),
        target.state(),
        last.map(
            l ->
                new ShotState.Last(
                    l.corrupt(),
                    l.objectives(),
                    l.ascentLength(),
                    l.source().rgb(),
                    meter.shown().orElseThrow().rgb(),
                    l.carried().residual().rgb(),
                    l.carried().shares())));
  }

  /** Continues from a state; call it before the first frame. */
  public void resume(ShotState state) {
    Optional<Image> source = state.last().map(l -> new Image(size, l.source()));
    Optional<Image> shown = state.last().map(l -> new Image(size, l.shown()));
    meter.resume(state.measured(), state.ages(), source, shown);
    target.resume(state.target());
    last =
        state
            .last()
            .map(
                l ->
                    new LastKeyframe(
                        source.orElseThrow(),
                        new CarriedState(new Residual(size, l.residual()), l.shares()),
                        l.objectives(),
                        l.ascentLength(),
                        l.corrupt()));
  }

  private FrameMeasures measure(Sample sample, boolean follows, Optional<Motion> motion) {
    return timer.time(
        Stage.MEASURE, () -> meter.measure(sample, follows, motion.filter(m -> isMeasuring())));
  }

  /** Returns whether the flow of the dream can be reused to measure flicker. */
  private boolean isMeasuring() {
    return shotSettings.flow().method() == FrameMeter.METHOD && shotSettings.flow().scale() == 1;
  }

  @Override
  public void close() {
    meter.close();
  }
}
