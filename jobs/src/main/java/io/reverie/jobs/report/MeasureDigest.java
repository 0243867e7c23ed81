package io.reverie.jobs.report;

import io.reverie.temporal.measure.FrameMeasures;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The measures of some frames, as finely as a page can show them: a few hundred for a whole film,
 * however long it is.
 *
 * @param stretches of neighbouring frames, in order of time
 */
public record MeasureDigest(List<Stretch> stretches) implements Serializable {

  /** The digest of no frames. */
  public static final MeasureDigest NONE = new MeasureDigest(List.of());

  public MeasureDigest {
    stretches = List.copyOf(stretches);
  }

  /**
   * Measures of neighbouring frames.
   *
   * @param position of the first in the result
   */
  public record Stretch(int position, Values strength, Values flicker) implements Serializable {}

  /**
   * Values of neighbouring frames.
   *
   * @param count number of frames with a value
   */
  public record Values(double low, double sum, double high, int count) implements Serializable {

    private static final Values NONE =
        new Values(Double.POSITIVE_INFINITY, 0, Double.NEGATIVE_INFINITY, 0);

    Values plus(double value) {
      return Double.isFinite(value)
          ? new Values(Math.min(low, value), sum + value, Math.max(high, value), count + 1)
          : this;
    }
  }

  /** Takes the measures of neighbouring frames one by one. */
  public static final class Builder {

    private final int frames;
    private final List<Stretch> stretches = new ArrayList<>();

    /**
     * @param frames of the whole film
     */
    public Builder(int frames) {
      this.frames = frames;
    }

    /**
     * Adds the next frame.
     *
     * @param position in the result
     */
    public void add(int position, FrameMeasures frame) {
      int last = stretches.size() - 1;
      boolean next =
          last < 0
              || Series.bucket(position, frames)
                  != Series.bucket(stretches.get(last).position(), frames);
      Stretch before =
          next ? new Stretch(position, Values.NONE, Values.NONE) : stretches.remove(last);
      stretches.add(
          new Stretch(
              before.position(),
              before.strength().plus(frame.strength()),
              before.flicker().plus(frame.hasFlicker() ? frame.flicker() : Double.NaN)));
    }

    public MeasureDigest digest() {
      return new MeasureDigest(stretches);
    }
  }
}
