package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.FrameMeter.Sample;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.video.Frame;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shows dreams that a {@link ShotDreamer} made earlier at another strength. Frames and measures are
 * those that it would make at that strength. Not thread-safe.
 */
public final class ShotReplay implements AutoCloseable {

  private final Size size;
  private final StageTimer timer;
  private final FrameMeter meter;
  private boolean follows;

  /**
   * A dream made earlier.
   *
   * @param iterations steps per octave
   * @param alone whether it was dreamed without the previous frame
   */
  public record Earlier(Dream dream, int iterations, boolean alone) {
    public Earlier {
      if (iterations < 0) {
        throw new IllegalArgumentException("a dream cannot have %d steps".formatted(iterations));
      }
    }
  }

  /**
   * Starts a shot or a segment of one.
   *
   * @param size size of the ascent
   */
  public ShotReplay(Size size, StageTimer timer) {
    this.size = size;
    this.timer = timer;
    this.meter = new FrameMeter(size);
  }

  /**
   * Shows the next frame.
   *
   * @param flash as for {@link ShotDreamer#push}
   * @param earlier returns the frame's dream, given the source at the size of the ascent
   */
  public ShotDreamer.Dreamed next(
      Frame frame, boolean flash, FrameSettings settings, Function<Image, Earlier> earlier) {
    Dreamer dreamer = settings.dreamer();
    Image source = Dreamer.sized(FrameImages.image(frame), size);
    Earlier made = timer.time(Stage.DECODE, () -> earlier.apply(source));
    Dream dream = made.dream().at(dreamer.spec().strength(), source);
    Sample sample =
        new Sample(
            frame.pts(),
            source,
            dream.image(),
            dream.residual(),
            made.iterations(),
            made.alone(),
            settings.isDreaming() ? dreamer::value : image -> Double.NaN);
    FrameMeasures measures =
        timer.time(
            Stage.MEASURE,
            () ->
                flash
                    ? meter.measureAlone(sample)
                    : meter.measure(sample, follows && !frame.corrupt(), Optional.empty()));
    if (!flash) {
      follows = !frame.corrupt();
    }
    return new ShotDreamer.Dreamed(source, dream, measures);
  }

  @Override
  public void close() {
    meter.close();
  }
}
