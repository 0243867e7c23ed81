package io.reverie.jobs;

import io.reverie.jobs.network.FrameDreamers;
import io.reverie.jobs.spec.Recipe;
import java.io.Serializable;
import org.apache.spark.util.LongAccumulator;

/** Makes one dive on an executor, or says why not. */
record DiveMaker(Recipe recipe, RunOptions options, LongAccumulator progress)
    implements Serializable {

  Outcome make(Wish wish) {
    return ItemWork.outcome(
        wish,
        () -> {
          WorkFolder.requireInside(wish.output(), options);
          try (FrameDreamers dreamers = new FrameDreamers(recipe, options.device().ofTask())) {
            return new DiveRun(wish, recipe, options, dreamers, progress).run();
          }
        });
  }
}
