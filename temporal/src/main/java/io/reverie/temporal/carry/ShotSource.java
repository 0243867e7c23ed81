package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.image.Mask;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.video.Frame;
import io.reverie.video.motion.GreyImage;
import io.reverie.video.motion.OpticalFlow;
import io.reverie.video.motion.TwoWayMotion;
import java.util.Optional;

/**
 * Prepares the frames of a shot in order. Needs nothing of their dreams, so that it can run ahead
 * of a {@link ShotDreamer} on another thread. Not thread-safe.
 */
public final class ShotSource implements AutoCloseable {

  private final ShotSettings settings;
  private final Size size;
  private final StageTimer timer;
  private final OpticalFlow flow;
  private Optional<Previous> previous = Optional.empty();

  /** The last frame that was no flash. */
  private record Previous(GreyImage grey, boolean corrupt) {}

  /**
   * Starts a shot or a segment of one.
   *
   * @param size size of the ascent
   */
  public ShotSource(ShotSettings settings, Size size, StageTimer timer) {
    this.settings = settings;
    this.size = size;
    this.timer = timer;
    this.flow = settings.flow().method().open();
  }

  /**
   * Prepares the next frame.
   *
   * @param flash whether the frame is briefly lit up or covered
   * @param mask has the size of the ascent
   */
  public SourceFrame next(Frame frame, boolean flash, Mask mask) {
    return timer.time(Stage.FLOW, () -> prepared(frame, flash, mask));
  }

  private SourceFrame prepared(Frame frame, boolean flash, Mask mask) {
    Image image = Dreamer.sized(FrameImages.image(frame), size);
    Previous now = new Previous(FrameMeter.grey(image), frame.corrupt());
    Optional<TwoWayMotion> step =
        previous
            .filter(before -> !before.corrupt() && !now.corrupt())
            .flatMap(before -> flash ? Optional.of(none()) : step(before.grey(), now.grey()));
    if (!flash) {
      previous = Optional.of(now);
    }
    return new SourceFrame(frame.pts(), frame.corrupt(), flash, image, mask, step);
  }

  private TwoWayMotion none() {
    return TwoWayMotion.none(size.width(), size.height());
  }

  /** Returns the motion between two frames; empty if the flow fails, so that the dream restarts. */
  private Optional<TwoWayMotion> step(GreyImage before, GreyImage now) {
    return settings.mode() == TemporalMode.CARRY
        ? Optional.of(TwoWayMotion.between(before, now, flow, settings.flow().scale()))
            .filter(TwoWayMotion::isFinite)
        : Optional.empty();
  }

  /** Continues after the frames of a state; call it before the first frame. */
  public void resume(ShotState state) {
    previous =
        state
            .last()
            .map(
                last ->
                    new Previous(FrameMeter.grey(new Image(size, last.source())), last.corrupt()));
  }

  @Override
  public void close() {
    flow.close();
  }
}
