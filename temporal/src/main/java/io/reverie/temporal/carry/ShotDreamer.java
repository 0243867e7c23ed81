package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.FocusRule.Start;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.FrameMeter.Sample;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.video.Frame;
import io.reverie.video.motion.GreyImage;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.OpticalFlow;
import java.util.Optional;

/** Dreams the frames of a shot in order, each starting from the previous dream. Not thread-safe. */
public final class ShotDreamer implements AutoCloseable {

  private final ShotSettings shotSettings;
  private final Size size;
  private final StageTimer timer;
  private final OpticalFlow flow;
  private final FrameMeter meter;
  private final StrengthTarget target = new StrengthTarget();
  private Optional<Last> last = Optional.empty();

  /**
   * The previous frame.
   *
   * @param grey luma of the source
   * @param carried passed to the next frame
   */
  record Last(
      Image source,
      GreyImage grey,
      CarriedState carried,
      ObjectiveShares objectives,
      boolean corrupt) {}

  /**
   * A dreamed frame and its measures.
   *
   * @param source at the size of the ascent
   * @param dream likewise
   */
  public record Dreamed(Image source, Dream dream, FrameMeasures measures) {}

  /**
   * Starts a shot or a segment of one.
   *
   * @param size size of the ascent
   */
  public ShotDreamer(ShotSettings settings, Size size, StageTimer timer) {
    this.shotSettings = settings;
    this.size = size;
    this.timer = timer;
    this.flow = shotSettings.flow().method().open();
    this.meter = new FrameMeter(size);
  }

  /**
   * Dreams the next frame.
   *
   * @param flash whether the frame is briefly lit up or covered: it shows the unmoved dream of the
   *     previous frame, from which the next frame continues
   * @param mask has the size of the ascent
   */
  public Dreamed next(Frame frame, boolean flash, Mask mask, FrameSettings settings) {
    Dreamer dreamer = settings.dreamer();
    Image source = Dreamer.sized(FrameImages.image(frame), size);
    GreyImage grey = FrameMeter.grey(source);
    Optional<Last> before = last.filter(l -> !l.corrupt() && !frame.corrupt());
    Optional<Motion> motion =
        timer.time(Stage.FLOW, () -> before.flatMap(l -> motion(l.grey(), grey, flash)));
    FrameStart starts = new FrameStart(shotSettings, settings, source, mask);
    Optional<Start> start =
        timer.time(
            Stage.ASCENT,
            () -> before.flatMap(l -> starts.after(l, motion, target, () -> alone(starts, frame))));
    Dream dream =
        timer.time(
            Stage.ASCENT,
            () -> dreamer.dream(source, mask, frame.pts(), start.map(Start::warmStart)));
    if (start.isEmpty() && !frame.corrupt() && !flash && !mask.isEmpty()) {
      target.measure(source, mask, settings.ascentLength(), dream.residual().meanAbs());
    }
    Sample sample = starts.sample(frame.pts(), dream, start);
    FrameMeasures measures =
        timer.time(Stage.MEASURE, () -> measure(sample, before, motion, flash));
    if (!flash) {
      CarriedState carried = starts.carriedState(dream, start);
      last = Optional.of(new Last(source, grey, carried, settings.objectives(), frame.corrupt()));
    }
    return new Dreamed(source, dream, measures);
  }

  /** Returns the strength of the frame, dreamed without the previous one. */
  private static double alone(FrameStart starts, Frame frame) {
    return starts
        .settings()
        .dreamer()
        .dream(starts.source(), starts.mask(), frame.pts(), Optional.empty())
        .residual()
        .meanAbs();
  }

  /** Returns everything that the next frame depends on. */
  public ShotState state() {
    return new ShotState(
        meter.ages(),
        meter.measured(),
        target.state(),
        last.map(
            l ->
                new ShotState.Last(
                    l.corrupt(),
                    l.objectives(),
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
                        l.corrupt()));
  }

  private FrameMeasures measure(
      Sample sample, Optional<Last> before, Optional<Motion> motion, boolean flash) {
    return flash
        ? meter.measureAlone(sample)
        : meter.measure(sample, before.isPresent(), motion.filter(m -> isMeasuring()));
  }

  /** Returns whether the flow of the dream can be reused to measure flicker. */
  private boolean isMeasuring() {
    return shotSettings.flow().method() == FrameMeter.METHOD && shotSettings.flow().scale() == 1;
  }

  /** Returns the motion; empty if the flow fails, which makes the frame dream alone. */
  private Optional<Motion> motion(GreyImage before, GreyImage now, boolean flash) {
    if (flash) {
      return Optional.of(Motion.none(now.width(), now.height()));
    }
    return shotSettings.mode() == TemporalMode.CARRY
        ? Optional.of(Motion.between(before, now, flow, shotSettings.flow().scale()))
            .filter(Motion::isFinite)
        : Optional.empty();
  }

  @Override
  public void close() {
    flow.close();
    meter.close();
  }
}
