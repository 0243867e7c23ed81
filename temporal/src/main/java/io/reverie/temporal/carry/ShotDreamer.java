package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.FocusRule.Start;
import io.reverie.temporal.carry.Inbetween.Side;
import io.reverie.temporal.carry.WaitingFrames.Waiting;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.FrameMeter.Sample;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.video.Frame;
import io.reverie.video.motion.GreyImage;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.OpticalFlow;
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
  private final OpticalFlow flow;
  private final FrameMeter meter;
  private final StrengthTarget target = new StrengthTarget();
  private final WaitingFrames waiting;
  private Optional<Last> last = Optional.empty();

  /**
   * The last keyframe.
   *
   * @param grey luma of the source
   * @param carried passed to the next keyframe
   * @param ascentLength of a frame dreamed alone with its settings, in grey levels
   */
  record Last(
      Image source,
      GreyImage grey,
      CarriedState carried,
      ObjectiveShares objectives,
      double ascentLength,
      boolean corrupt) {}

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
    try {
      this.flow = shotSettings.flow().method().open();
    } catch (RuntimeException | Error e) {
      meter.close();
      throw e;
    }
  }

  /**
   * Takes the next frame.
   *
   * @param flash whether the frame is briefly lit up or covered: it shows the unmoved dream of the
   *     previous frame, from which the next frame continues
   * @param mask has the size of the ascent
   * @return the frames that are complete, in order
   */
  public List<Dreamed> push(Frame frame, boolean flash, Mask mask, FrameSettings settings) {
    Image source = Dreamer.sized(FrameImages.image(frame), size);
    GreyImage grey = FrameMeter.grey(source);
    ShotFrame next = new ShotFrame(frame.pts(), frame.corrupt(), source, grey, mask, settings);
    Optional<TwoWayMotion> step = timer.time(Stage.FLOW, () -> step(next, flash));
    boolean mayWait = step.isPresent() && !flash;
    if (mayWait && joins(next, step.get())) {
      return waiting.isFull() ? finish() : List.of();
    }
    List<Dreamed> done = new ArrayList<>(finish());
    if (!mayWait || !joins(next, step.get())) {
      done.add(keyframe(next, step, flash));
    }
    return done;
  }

  private boolean joins(ShotFrame next, TwoWayMotion step) {
    return timer.time(Stage.FLOW, () -> waiting.add(last.orElseThrow(), next, step));
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
    Last before = last.orElseThrow();
    Waiting newest = frames.get(frames.size() - 1);
    target.advance(frames.size());
    ShotFrame frame = newest.frame();
    Keyframe key = ascend(frame, Optional.of(before), Optional.of(newest.back()), false);
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
    done.add(
        new Dreamed(
            frame.source(), key.dream(), measure(sample, true, Optional.of(newest.step().back()))));
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
        frame.source(),
        dream,
        measure(starts.inbetween(frame.pts(), dream), true, Optional.of(between.step().back())));
  }

  /** Dreams a frame at once, from the last keyframe or alone. */
  private Dreamed keyframe(ShotFrame frame, Optional<TwoWayMotion> step, boolean flash) {
    Optional<Last> before = last.filter(l -> !l.corrupt() && !frame.corrupt());
    Optional<Motion> motion = step.map(TwoWayMotion::back);
    target.advance(1);
    Keyframe key = ascend(frame, before, motion, flash);
    Sample sample = key.starts().sample(frame.pts(), key.dream(), key.start());
    if (flash) {
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

  private Keyframe ascend(
      ShotFrame frame, Optional<Last> before, Optional<Motion> motion, boolean flash) {
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
    if (start.isEmpty() && !frame.corrupt() && !flash && !frame.mask().isEmpty()) {
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
            new Last(
                frame.source(),
                frame.grey(),
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
                    new Last(
                        source.orElseThrow(),
                        FrameMeter.grey(source.orElseThrow()),
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

  /**
   * Returns the motion since the previous frame; empty if there is none to carry from, or if the
   * flow fails, which makes the frame dream alone.
   */
  private Optional<TwoWayMotion> step(ShotFrame next, boolean flash) {
    if (last.isEmpty() || last.get().corrupt() || next.corrupt()) {
      return Optional.empty();
    }
    if (flash) {
      return Optional.of(TwoWayMotion.none(size.width(), size.height()));
    }
    GreyImage before = waiting.newest().map(w -> w.frame().grey()).orElse(last.get().grey());
    return shotSettings.mode() == TemporalMode.CARRY
        ? Optional.of(TwoWayMotion.between(before, next.grey(), flow, shotSettings.flow().scale()))
            .filter(TwoWayMotion::isFinite)
        : Optional.empty();
  }

  @Override
  public void close() {
    flow.close();
    meter.close();
  }
}
