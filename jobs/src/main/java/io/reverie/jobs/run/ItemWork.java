package io.reverie.jobs.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The work of one task on one item. */
public interface ItemWork {

  /**
   * A published result.
   *
   * @param frames number of images in it
   * @param warnings for the user
   * @param strength mean change in grey levels; NaN if not measured
   */
  record Result(long frames, List<String> warnings, double strength) {
    public Result {
      if (frames < 0) {
        throw new IllegalArgumentException("a result cannot have %d frames".formatted(frames));
      }
    }

    /** A result whose strength was not measured. */
    public Result(long frames, List<String> warnings) {
      this(frames, warnings, Double.NaN);
    }
  }

  Result run() throws IOException;

  /**
   * Runs the work and returns its outcome. Running out of memory fails only this item, since its
   * memory is released. Other JVM errors are bugs; linkage errors affect all items alike and are
   * thrown.
   */
  static Outcome outcome(WorkItem item, ItemWork work) {
    long start = System.nanoTime();
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return Outcome.failed(item, fatal.get());
    }
    try {
      item.requireInside();
      Result result = work.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      return Outcome.dreamed(item, result.frames(), seconds, result.warnings())
          .with(new Outcome.Measured(seconds, result.strength(), Double.NaN));
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return Outcome.failed(item, Failure.of(e));
    }
  }
}
