package io.reverie.jobs;

import io.reverie.jobs.memory.Room;
import io.reverie.jobs.network.FrameDreamers;
import io.reverie.jobs.spec.Recipe;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.util.LongAccumulator;

/** Makes one dive on an executor, or says why not. */
record DiveMaker(Recipe recipe, RunOptions options, LongAccumulator progress)
    implements Serializable {

  Outcome make(Wish wish) {
    return ItemWork.outcome(
        wish, () -> Room.here().during(Original.need(wish, recipe.spec()), () -> dive(wish)));
  }

  private ItemWork.Made dive(Wish wish) throws IOException {
    WorkFolder.requireInside(wish.output(), options);
    try (FrameDreamers dreamers = new FrameDreamers(recipe, options.device().ofTask())) {
      return new DiveRun(wish, recipe, options, dreamers, progress).run();
    }
  }
}
