package io.reverie.core.dream;

import io.reverie.core.Size;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Reports the steps of one dream to a listener. */
final class StepReporter {

  private final DreamListener listener;
  private final List<Size> sizes;
  private final List<Integer> iterations;
  private final double total;
  private double done;

  /**
   * @param sizes of the octaves, smallest first
   * @param iterations of each octave
   */
  StepReporter(DreamListener listener, List<Size> sizes, List<Integer> iterations) {
    this.listener = listener;
    this.sizes = sizes;
    this.iterations = iterations;
    double work = 0;
    for (int k = 0; k < sizes.size(); k++) {
      work += iterations.get(k) * pixels(k);
    }
    total = work;
  }

  private double pixels(int octave) {
    return (double) sizes.get(octave).width() * sizes.get(octave).height();
  }

  /**
   * @param octave from 0
   * @param iteration from 1
   * @throws CancellationException if the listener cancels the dream
   */
  void afterStep(int octave, int iteration) {
    done += pixels(octave);
    boolean proceed =
        listener.afterStep(
            new DreamListener.Progress(
                octave + 1,
                sizes.size(),
                sizes.get(octave),
                iteration,
                iterations.get(octave),
                done / total));
    if (!proceed) {
      throw new CancellationException(
          "the dream was cancelled at octave %d of %d, step %d of %d"
              .formatted(octave + 1, sizes.size(), iteration, iterations.get(octave)));
    }
  }
}
