package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.WarmStart;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.FocusRule.Start;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.FrameMeter.Sample;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Part;
import io.reverie.video.Frame;
import io.reverie.video.motion.CameraMotion;
import io.reverie.video.motion.GreyImage;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.OpticalFlow;
import java.util.Optional;
import java.util.function.Supplier;

/** Dreams the frames of a shot in order, each starting from the previous dream. Not thread-safe. */
public final class ShotDreamer implements AutoCloseable {

  private final ShotSettings shotSettings;
  private final Size size;
  private final StageTimer timer;
  private final OpticalFlow flow;
  private final FrameMeter meter;
  private final StrengthTarget target = new StrengthTarget();
  private Optional<FrameSettings> current = Optional.empty();
  private Optional<Last> last = Optional.empty();

  /**
   * The previous frame.
   *
   * @param grey luma of the source
   * @param carried passed to the next frame
   */
  private record Last(
      Image source,
      GreyImage grey,
      CarriedState carried,
      ObjectiveShares objectives,
      boolean corrupt) {}

  /**
   * A dreamed frame and its measures.
   *
   * @param dream at the size of the ascent
   */
  public record Dreamed(Dream dream, FrameMeasures measures) {}

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
    this.meter = new FrameMeter(size, this::value);
  }

  /** The settings of the frame that is being dreamed. */
  private FrameSettings frameSettings() {
    return current.orElseThrow();
  }

  /** Returns the objectives' value with the settings of the current frame. */
  private double value(Image image) {
    return frameSettings().isDreaming() ? frameSettings().dreamer().value(image) : Double.NaN;
  }

  /**
   * Dreams the next frame.
   *
   * @param flash whether the frame is briefly lit up or covered: it shows the unmoved dream of the
   *     previous frame, from which the next frame continues
   * @param mask has the size of the ascent
   */
  public Dreamed next(Frame frame, boolean flash, Mask mask, FrameSettings settings) {
    current = Optional.of(settings);
    Dreamer dreamer = frameSettings().dreamer();
    Image source = Dreamer.sized(FrameImages.image(frame), size);
    GreyImage grey = FrameMeter.grey(source);
    Optional<Last> before = last.filter(l -> !l.corrupt() && !frame.corrupt());
    Optional<Motion> motion =
        timer.time(Part.FLOW, () -> before.flatMap(l -> motion(l.grey(), grey, flash)));
    Supplier<Dream> alone = () -> dreamer.dream(source, mask, frame.pts(), Optional.empty());
    Optional<Start> start =
        timer.time(
            Part.ASCENT,
            () ->
                before
                    .filter(l -> !mask.isEmpty())
                    .flatMap(l -> start(source, l, motion, mask, alone)));
    Dream dream =
        timer.time(
            Part.ASCENT,
            () -> dreamer.dream(source, mask, frame.pts(), start.map(Start::warmStart)));
    if (start.isEmpty() && !frame.corrupt() && !flash && !mask.isEmpty()) {
      target.measure(source, mask, frameSettings().ascentLength(), dream.residual().meanAbs());
    }
    Sample sample =
        new Sample(
            frame.pts(),
            source,
            dream.image(),
            dream.residual(),
            start.map(s -> s.warmStart().iterations()).orElse(iterations(mask)),
            start.isEmpty());
    FrameMeasures measures = timer.time(Part.MEASURE, () -> measure(sample, before, motion, flash));
    if (!flash) {
      last =
          Optional.of(
              new Last(
                  source,
                  grey,
                  carriedState(dream, start, mask),
                  frameSettings().objectives(),
                  frame.corrupt()));
    }
    return new Dreamed(dream, measures);
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

  /** Returns the iterations of a frame dreamed alone. */
  private int iterations(Mask mask) {
    return mask.isEmpty() ? 0 : frameSettings().dreamer().spec().iterations();
  }

  private CarriedState carriedState(Dream dream, Optional<Start> start, Mask mask) {
    if (!frameSettings().isDreaming() || mask.isEmpty()) {
      return CarriedState.none(dream.residual());
    }
    return start
        .map(s -> new CarriedState(dream.residual(), s.shares()))
        .orElseGet(() -> CarriedState.whole(dream.residual(), mask));
  }

  /** Returns whether the flow of the dream can be reused to measure flicker. */
  private boolean isMeasuring() {
    return shotSettings.flow().method() == FrameMeter.METHOD && shotSettings.flow().scale() == 1;
  }

  private Optional<Start> start(
      Image source, Last before, Optional<Motion> motion, Mask mask, Supplier<Dream> alone) {
    return switch (shotSettings.mode()) {
      case NONE -> Optional.empty();
      case BLEND ->
          Optional.of(new Start(blended(source, before, mask), before.carried().shares()));
      case CARRY -> motion.flatMap(m -> carried(source, before, m, mask, alone));
    };
  }

  private Optional<Start> carried(
      Image source, Last before, Motion motion, Mask mask, Supplier<Dream> alone) {
    double change = frameSettings().objectives().change(before.objectives());
    if (before.carried().isNone() || ObjectiveShares.restarts(change)) {
      return Optional.empty();
    }
    double strength =
        target.strength(
            source,
            mask,
            frameSettings().ascentLength(),
            change,
            () -> alone.get().residual().meanAbs());
    FocusRule rule =
        new FocusRule(
            frameSettings().effectivePersistence(change),
            frameSettings().dreamer().spec().iterations(),
            shotSettings.effort().largestStep(),
            shotSettings.flow().warp());
    return strength > 0
        ? Optional.of(rule.start(source, moved(before.carried()), motion, mask, strength))
        : Optional.empty();
  }

  /**
   * Applies the camera motion, before the motion of objects; newly visible areas start undreamed.
   */
  private CarriedState moved(CarriedState carried) {
    if (frameSettings().camera().isStill()) {
      return carried;
    }
    float[] shares = moved(carried.shares(), 1);
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.max(0, Math.min(1, shares[i]));
    }
    return new CarriedState(new Residual(size, moved(carried.residual().rgb(), 3)), shares);
  }

  private float[] moved(float[] values, int channels) {
    return frameSettings()
        .camera()
        .move(values, channels, size.width(), size.height(), CameraMotion.Edge.EMPTY);
  }

  /**
   * Returns the start {@code b I + (1 - b) D} with D the previous dream, moved only by the camera;
   * weighted by the mask.
   */
  private WarmStart blended(Image source, Last before, Mask mask) {
    float[] dreamed = new float[source.rgb().length];
    for (int i = 0; i < dreamed.length; i++) {
      dreamed[i] = before.source().rgb()[i] + before.carried().residual().rgb()[i];
    }
    float[] moved =
        frameSettings()
            .camera()
            .move(dreamed, 3, size.width(), size.height(), CameraMotion.Edge.MIRRORED);
    float[] rgb = new float[dreamed.length];
    for (int i = 0; i < rgb.length; i++) {
      double part = (1 - frameSettings().blend()) * mask.weights()[i / 3];
      rgb[i] = (float) (part * (moved[i] - source.rgb()[i]));
    }
    return new WarmStart(
        new Residual(size, rgb), frameSettings().dreamer().spec().iterations(), Optional.empty());
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
