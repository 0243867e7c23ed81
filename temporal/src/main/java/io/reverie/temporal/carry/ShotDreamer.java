package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.WarmStart;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.Legacy;
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

/**
 * Dreams the frames of a shot, one after the other, each from the dream before it. Of one task
 * alone.
 */
public final class ShotDreamer implements AutoCloseable {

  private final ShotSettings settings;
  private final Size size;
  private final StageTimer clock;
  private final OpticalFlow flow;
  private final FrameMeter meter;
  private final StrengthTarget target = new StrengthTarget();
  private Optional<FrameSettings> now = Optional.empty();
  private Optional<Last> last = Optional.empty();

  /**
   * What was dreamed last.
   *
   * @param grey of the source
   * @param legacy for the next frame
   */
  private record Last(
      Image source, GreyImage grey, Legacy legacy, ObjectiveShares objectives, boolean corrupt) {}

  /**
   * A dreamed frame and what was measured of it.
   *
   * @param dream at the dream's size
   */
  public record Dreamed(Dream dream, FrameMeasures note) {}

  /**
   * Begins a shot, or a piece of one.
   *
   * @param size to dream at
   */
  public ShotDreamer(ShotSettings settings, Size size, StageTimer clock) {
    this.settings = settings;
    this.size = size;
    this.clock = clock;
    this.flow = settings.flow().method().open();
    this.meter = new FrameMeter(size, this::value);
  }

  /** The settings of the frame that is being dreamed. */
  private FrameSettings now() {
    return now.orElseThrow();
  }

  /** What the moment's dream makes grow. */
  private double value(Image image) {
    return now().isDreaming() ? now().dreamer().value(image) : Double.NaN;
  }

  /**
   * Dreams the next frame.
   *
   * @param flash whether it is lit up or covered for a moment: it shows the dream of the frame
   *     before where that stands, and the next frame goes on from there
   * @param mask where it may dream, of the size to dream at
   */
  public Dreamed next(Frame frame, boolean flash, Mask mask, FrameSettings with) {
    now = Optional.of(with);
    Dreamer dreamer = now().dreamer();
    Image source = Dreamer.sized(FrameImages.image(frame), size);
    GreyImage grey = FrameMeter.grey(source);
    Optional<Last> before = last.filter(l -> !l.corrupt() && !frame.corrupt());
    Optional<Motion> motion =
        clock.time(Part.FLOW, () -> before.flatMap(l -> motion(l.grey(), grey, flash)));
    Supplier<Dream> alone = () -> dreamer.dream(source, mask, frame.pts(), Optional.empty());
    Optional<Start> start =
        clock.time(
            Part.ASCENT,
            () ->
                before
                    .filter(l -> !mask.isEmpty())
                    .flatMap(l -> start(source, l, motion, mask, alone)));
    Dream dream =
        clock.time(
            Part.ASCENT, () -> dreamer.dream(source, mask, frame.pts(), start.map(Start::head)));
    if (start.isEmpty() && !frame.corrupt() && !flash && !mask.isEmpty()) {
      target.take(source, mask, now().climb(), dream.residual().meanAbs());
    }
    Sample sample =
        new Sample(
            frame.pts(),
            source,
            dream.image(),
            dream.residual(),
            start.map(s -> s.head().iterations()).orElse(iterations(mask)),
            start.isEmpty());
    FrameMeasures note = clock.time(Part.MEASURE, () -> measure(sample, before, motion, flash));
    if (!flash) {
      last =
          Optional.of(
              new Last(
                  source, grey, legacy(dream, start, mask), now().objectives(), frame.corrupt()));
    }
    return new Dreamed(dream, note);
  }

  /** All that the next frame depends on. */
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
                    l.legacy().residual().rgb(),
                    l.legacy().shares())));
  }

  /** Goes on from such a state, before the first frame. */
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
                        new Legacy(new Residual(size, l.residual()), l.shares()),
                        l.objectives(),
                        l.corrupt()));
  }

  private FrameMeasures measure(
      Sample sample, Optional<Last> before, Optional<Motion> motion, boolean flash) {
    return flash
        ? meter.aside(sample)
        : meter.measure(sample, before.isPresent(), motion.filter(m -> isMeasuring()));
  }

  /** Of a frame that is dreamed alone. */
  private int iterations(Mask mask) {
    return mask.isEmpty() ? 0 : now().dreamer().spec().iterations();
  }

  private Legacy legacy(Dream dream, Optional<Start> start, Mask mask) {
    if (!now().isDreaming() || mask.isEmpty()) {
      return Legacy.none(dream.residual());
    }
    return start
        .map(s -> new Legacy(dream.residual(), s.shares()))
        .orElseGet(() -> Legacy.whole(dream.residual(), mask));
  }

  /** Whether the dream's own flow is the one that flicker is measured by. */
  private boolean isMeasuring() {
    return settings.flow().method() == FrameMeter.METHOD && settings.flow().scale() == 1;
  }

  private Optional<Start> start(
      Image source, Last before, Optional<Motion> motion, Mask mask, Supplier<Dream> alone) {
    return switch (settings.mode()) {
      case NONE -> Optional.empty();
      case BLEND -> Optional.of(new Start(blended(source, before, mask), before.legacy().shares()));
      case CARRY -> motion.flatMap(m -> carried(source, before, m, mask, alone));
    };
  }

  private Optional<Start> carried(
      Image source, Last before, Motion motion, Mask mask, Supplier<Dream> alone) {
    double change = now().objectives().change(before.objectives());
    if (before.legacy().isNone() || ObjectiveShares.restarts(change)) {
      return Optional.empty();
    }
    double strength =
        target.of(source, mask, now().climb(), change, () -> alone.get().residual().meanAbs());
    FocusRule rule =
        new FocusRule(
            now().kept(change),
            now().dreamer().spec().iterations(),
            settings.effort().largestStep(),
            settings.flow().warp());
    return strength > 0
        ? Optional.of(rule.start(source, moved(before.legacy()), motion, mask, strength))
        : Optional.empty();
  }

  /** Moved by the camera, before things move; what comes in over an edge is bare. */
  private Legacy moved(Legacy legacy) {
    if (now().camera().isStill()) {
      return legacy;
    }
    float[] shares = moved(legacy.shares(), 1);
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.max(0, Math.min(1, shares[i]));
    }
    return new Legacy(new Residual(size, moved(legacy.residual().rgb(), 3)), shares);
  }

  private float[] moved(float[] values, int channels) {
    return now()
        .camera()
        .move(values, channels, size.width(), size.height(), CameraMotion.Edge.EMPTY);
  }

  /**
   * {@code b I + (1 - b) D} with D the dream before, moved by nothing but the camera; as far as the
   * mask lets it.
   */
  private WarmStart blended(Image source, Last before, Mask mask) {
    float[] dreamed = new float[source.rgb().length];
    for (int i = 0; i < dreamed.length; i++) {
      dreamed[i] = before.source().rgb()[i] + before.legacy().residual().rgb()[i];
    }
    float[] moved =
        now().camera().move(dreamed, 3, size.width(), size.height(), CameraMotion.Edge.MIRRORED);
    float[] rgb = new float[dreamed.length];
    for (int i = 0; i < rgb.length; i++) {
      double part = (1 - now().blend()) * mask.weights()[i / 3];
      rgb[i] = (float) (part * (moved[i] - source.rgb()[i]));
    }
    return new WarmStart(
        new Residual(size, rgb), now().dreamer().spec().iterations(), Optional.empty());
  }

  /** Empty where the flow fails: the frame is then dreamed alone. */
  private Optional<Motion> motion(GreyImage before, GreyImage now, boolean flash) {
    if (flash) {
      return Optional.of(Motion.none(now.width(), now.height()));
    }
    return settings.mode() == TemporalMode.CARRY
        ? Optional.of(Motion.between(before, now, flow, settings.flow().scale()))
            .filter(Motion::isFinite)
        : Optional.empty();
  }

  @Override
  public void close() {
    flow.close();
    meter.close();
  }
}
