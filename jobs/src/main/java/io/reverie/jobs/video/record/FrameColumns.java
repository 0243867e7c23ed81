package io.reverie.jobs.video.record;

import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeasures.Part;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The measures of many frames in columns of numbers: half the size of as many objects, which are
 * made again as they are asked for.
 */
public final class FrameColumns {

  /** Of each frame: strength, young and old strength, both warping errors, gain. */
  private static final int REALS = 6;

  /** Of each frame: time, places of the young and the old strength. */
  private static final int WHOLES = 3;

  private double[] reals = new double[REALS * 256];
  private long[] wholes = new long[WHOLES * 256];
  private int[] steps = new int[256];
  private int size;

  public int size() {
    return size;
  }

  public void add(FrameMeasures frame) {
    if (size == steps.length) {
      reals = Arrays.copyOf(reals, 2 * reals.length);
      wholes = Arrays.copyOf(wholes, 2 * wholes.length);
      steps = Arrays.copyOf(steps, 2 * steps.length);
    }
    size++;
    set(size - 1, frame);
  }

  /** Replaces the frame at a place. */
  public void set(int place, FrameMeasures frame) {
    int real = REALS * place;
    reals[real] = frame.strength();
    reals[real + 1] = frame.young().sum();
    reals[real + 2] = frame.old().sum();
    reals[real + 3] = frame.warpingError();
    reals[real + 4] = frame.sourceError();
    reals[real + 5] = frame.gain();
    int whole = WHOLES * place;
    wholes[whole] = frame.pts();
    wholes[whole + 1] = frame.young().places();
    wholes[whole + 2] = frame.old().places();
    // The sign shows whether it was dreamed alone.
    steps[place] = frame.alone() ? -1 - frame.iterations() : frame.iterations();
  }

  public FrameMeasures get(int place) {
    int real = REALS * place;
    int whole = WHOLES * place;
    boolean alone = steps[place] < 0;
    return new FrameMeasures(
        wholes[whole],
        alone ? -1 - steps[place] : steps[place],
        alone,
        reals[real],
        new Part(reals[real + 1], wholes[whole + 1]),
        new Part(reals[real + 2], wholes[whole + 2]),
        reals[real + 3],
        reals[real + 4],
        reals[real + 5]);
  }

  /** Frames from one place (inclusive) to another (exclusive), made as they are asked for. */
  public List<FrameMeasures> view(int from, int to) {
    return new View(this, from, to);
  }

  private static final class View extends AbstractList<FrameMeasures> implements RandomAccess {

    private final FrameColumns columns;
    private final int from;
    private final int to;

    View(FrameColumns columns, int from, int to) {
      this.columns = columns;
      this.from = from;
      this.to = to;
    }

    @Override
    public FrameMeasures get(int index) {
      return columns.get(from + index);
    }

    @Override
    public int size() {
      return to - from;
    }
  }
}
