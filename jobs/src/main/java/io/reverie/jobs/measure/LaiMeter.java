package io.reverie.jobs.measure;

import io.reverie.core.Image;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.video.motion.LaiProtocol;
import io.reverie.video.motion.LaiProtocol.Visible;
import io.reverie.video.motion.OpticalFlow;
import java.util.Optional;

/** Averages the warping error of Lai et al. over consecutive frames. Not thread-safe. */
final class LaiMeter implements AutoCloseable {

  private final OpticalFlow flow = FrameMeter.METHOD.open();
  private Optional<Pair> previous = Optional.empty();
  private double dreamSum;
  private double sourceSum;
  private int pairs;

  /** A frame of the source and of the dream, of the same size. */
  private record Pair(Image source, Image dream) {}

  /**
   * Adds the next frame.
   *
   * @param follows whether it is compared with the frame before
   */
  void add(Image source, Image dream, boolean follows) {
    if (follows && previous.isPresent()) {
      Pair last = previous.get();
      Visible visible =
          Visible.between(FrameMeter.grey(last.source()), FrameMeter.grey(source), flow);
      dreamSum += LaiProtocol.error(last.dream().rgb(), dream.rgb(), visible);
      sourceSum += LaiProtocol.error(last.source().rgb(), source.rgb(), visible);
      pairs++;
    }
    previous = Optional.of(new Pair(source, dream));
  }

  LaiWarpingErrors errors() {
    return new LaiWarpingErrors(dreamSum / pairs, sourceSum / pairs);
  }

  @Override
  public void close() {
    flow.close();
  }
}
