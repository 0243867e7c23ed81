package io.reverie.jobs.images;

import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.jobs.forecast.StepClock;
import io.reverie.jobs.forecast.StillCost;
import io.reverie.jobs.forecast.StillCost.StillSize;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.TrialResult;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Dreams a still with a few steps only, in a Spark task, to measure what all of them would take.
 */
record StillTrial(ResolvedSpec resolved, Device device) implements Serializable {

  /** At each octave: one step with its preparation, and one without. */
  private static final int STEPS = 2;

  /** A trial that took longer, in seconds, is not repeated: its own start hardly counts. */
  private static final double LONG = 4;

  TrialResult<StillCost> run(WorkItem item, StillSize size) {
    return TrialResult.of(
        () -> StillSource.need(item, resolved.spec()), () -> measured(item, size));
  }

  private StillCost measured(WorkItem item, StillSize size) throws IOException {
    StillCost first = once(item, size);
    if (first.seconds() + first.load() > LONG) {
      return first;
    }
    StillCost second = once(item, size);
    double load = Math.max(0, first.load() + first.rest() - second.rest());
    return new StillCost(second.size(), load, second.steps(), second.rest(), second.bytes());
  }

  private StillCost once(WorkItem item, StillSize size) throws IOException {
    PipelineSpec spec = resolved.spec();
    long begun = System.nanoTime();
    Dreamer dreamer = Dreamers.of(resolved, device.ofTask());
    long loaded = System.nanoTime();
    StillSource source = StillSource.of(item, spec);
    StepClock clock = new StepClock();
    Dreamer few =
        new Dreamer(dreamer.network(), dreamer.spec().withAtMost(STEPS), dreamer.tiling(), clock);
    ImageDreamer.Made made =
        ImageDreamer.make(source, item, spec, mask -> few.dream(source.image(), mask, 0));
    double all = (System.nanoTime() - loaded) / 1e9;
    List<Integer> iterations =
        dreamer.spec().octaveSpecs(made.dream().octaves().size()).stream()
            .map(OctaveSpec::iterations)
            .toList();
    return new StillCost(
        size,
        (loaded - begun) / 1e9,
        clock.all(iterations),
        Math.max(0, all - clock.made()),
        made.encoded().still().length);
  }
}
