package io.reverie.temporal.measure;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.image.Residual;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.GreyImage;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.OpticalFlow;
import io.reverie.video.motion.WarpingError;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Measures frames that follow each other, at the size they are dreamed at. Of one task alone. */
public final class FrameMeter implements AutoCloseable {

  /** Flicker is always measured so, whatever the spec's own flow. */
  public static final FlowMethod METHOD = FlowMethod.MEDIUM;

  /** The objective costs two passes through the network: every so many frames. */
  private static final int GAIN_EVERY = 12;

  private final ToDoubleFunction<Image> objective;
  private final OpticalFlow flow = METHOD.open();
  private final PixelAge ages;
  private Optional<Compared> before = Optional.empty();
  private int frames;

  /**
   * A dreamed frame.
   *
   * @param source at the dream's size
   * @param shown the dream as it is seen
   * @param residual the dream at full strength minus the source
   * @param iterations run at each size
   * @param alone whether nothing was carried into it
   */
  public record Sample(
      long pts, Image source, Image shown, Residual residual, int iterations, boolean alone) {}

  /** What the next frame is compared with. */
  private record Compared(Image source, Image shown) {}

  /**
   * Begins.
   *
   * @param objective what the dream makes grow; not a number where that is unknown
   */
  public FrameMeter(Size size, ToDoubleFunction<Image> objective) {
    this.objective = objective;
    this.ages = new PixelAge(size.width(), size.height());
  }

  /**
   * Measures the next frame.
   *
   * @param follows whether it can be compared with the one before
   * @param known the motion since then, by this class's method; computed if empty
   */
  public FrameMeasures measure(Sample sample, boolean follows, Optional<Motion> known) {
    double error = Double.NaN;
    double sourceError = Double.NaN;
    if (follows && before.isPresent()) {
      Compared last = before.get();
      Motion motion = known.orElseGet(() -> motion(last, sample));
      ages.move(motion);
      error = WarpingError.of(last.shown().rgb(), sample.shown().rgb(), motion);
      sourceError = WarpingError.of(last.source().rgb(), sample.source().rgb(), motion);
    }
    before = Optional.of(new Compared(sample.source(), sample.shown()));
    boolean gained = frames++ % GAIN_EVERY == 0;
    double gain =
        gained
            ? objective.applyAsDouble(sample.shown()) / objective.applyAsDouble(sample.source())
            : Double.NaN;
    return note(sample, error, sourceError, gain);
  }

  /** Measures a frame that is not to be compared with its neighbours. */
  public FrameMeasures aside(Sample sample) {
    return note(sample, Double.NaN, Double.NaN, Double.NaN);
  }

  private FrameMeasures note(Sample sample, double error, double sourceError, double gain) {
    return new FrameMeasures(
        sample.pts(),
        sample.iterations(),
        sample.alone(),
        sample.residual().meanAbs(),
        ages.young(sample.residual()),
        ages.old(sample.residual()),
        error,
        sourceError,
        gain);
  }

  private Motion motion(Compared last, Sample sample) {
    return Motion.between(grey(last.source()), grey(sample.source()), flow, 1);
  }

  public int measured() {
    return frames;
  }

  public int[] ages() {
    return ages.now();
  }

  /** What was shown last. */
  public Optional<Image> shown() {
    return before.map(Compared::shown);
  }

  /** Goes on behind a frame that another meter has measured. */
  public void resume(int measured, int[] known, Optional<Image> source, Optional<Image> shown) {
    frames = measured;
    ages.resume(known);
    before = source.map(s -> new Compared(s, shown.orElseThrow()));
  }

  public static GreyImage grey(Image image) {
    return GreyImage.of(image.rgb(), image.size().width(), image.size().height());
  }

  @Override
  public void close() {
    flow.close();
  }
}
