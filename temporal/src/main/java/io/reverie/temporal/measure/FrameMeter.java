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

/** Measures consecutive frames at the size of the ascent. Not thread-safe. */
public final class FrameMeter implements AutoCloseable {

  /** Flow method for flicker, independent of the spec's own. */
  public static final FlowMethod METHOD = FlowMethod.MEDIUM;

  /** Interval in frames for the gain, which costs two passes through the network. */
  private static final int GAIN_EVERY = 40;

  private final OpticalFlow flow;
  private final PixelAge ages;
  private Optional<Compared> previous = Optional.empty();
  private int frames;

  /**
   * A dreamed frame.
   *
   * @param source at the size of the ascent
   * @param shown the dream as displayed
   * @param residual dream at full strength minus source
   * @param iterations steps per octave
   * @param alone whether nothing was carried into the frame
   * @param objective value of the objectives for an image; NaN if unknown
   */
  public record Sample(
      long pts,
      Image source,
      Image shown,
      Residual residual,
      int iterations,
      boolean alone,
      ToDoubleFunction<Image> objective) {

    /** A frame of unknown objectives, whose gain is not measured. */
    public Sample(
        long pts, Image source, Image shown, Residual residual, int iterations, boolean alone) {
      this(pts, source, shown, residual, iterations, alone, image -> Double.NaN);
    }

    private double gain() {
      return objective.applyAsDouble(shown) / objective.applyAsDouble(source);
    }
  }

  /** The frame to compare the next one with. */
  private record Compared(Image source, Image shown) {}

  /** Starts without a previous frame. */
  public FrameMeter(Size size) {
    this.ages = new PixelAge(size.width(), size.height());
    this.flow = METHOD.open();
  }

  /**
   * Measures the next frame.
   *
   * @param follows whether the frame can be compared with the previous one
   * @param known motion since the previous frame by {@link #METHOD}; computed if empty
   */
  public FrameMeasures measure(Sample sample, boolean follows, Optional<Motion> known) {
    double error = Double.NaN;
    double sourceError = Double.NaN;
    if (follows && previous.isPresent()) {
      Compared last = previous.get();
      Motion motion = known.orElseGet(() -> motion(last, sample));
      ages.move(motion);
      WarpingError.Errors errors =
          WarpingError.of(
              new WarpingError.Pair(last.shown().rgb(), sample.shown().rgb()),
              new WarpingError.Pair(last.source().rgb(), sample.source().rgb()),
              motion);
      error = errors.first();
      sourceError = errors.second();
    }
    previous = Optional.of(new Compared(sample.source(), sample.shown()));
    boolean gained = frames++ % GAIN_EVERY == 0;
    double gain = gained ? sample.gain() : Double.NaN;
    return measures(sample, error, sourceError, gain);
  }

  /** Measures a frame without comparing it with its neighbours. */
  public FrameMeasures measureAlone(Sample sample) {
    return measures(sample, Double.NaN, Double.NaN, Double.NaN);
  }

  private FrameMeasures measures(Sample sample, double error, double sourceError, double gain) {
    PixelAge.Strengths strengths = ages.strengths(sample.residual());
    return new FrameMeasures(
        sample.pts(),
        sample.iterations(),
        sample.alone(),
        sample.residual().meanAbs(),
        strengths.young(),
        strengths.old(),
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
    return ages.current();
  }

  /** Returns the previous displayed frame. */
  public Optional<Image> shown() {
    return previous.map(Compared::shown);
  }

  /** Continues after a frame that another meter measured. */
  public void resume(int measured, int[] known, Optional<Image> source, Optional<Image> shown) {
    frames = measured;
    ages.resume(known);
    previous = source.map(s -> new Compared(s, shown.orElseThrow()));
  }

  public static GreyImage grey(Image image) {
    return GreyImage.of(image.rgb(), image.size().width(), image.size().height());
  }

  @Override
  public void close() {
    flow.close();
  }
}
