package io.reverie.jobs.zoom;

import io.reverie.jobs.images.StillSource;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.network.DreamerFactory;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.ItemWork;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.util.LongAccumulator;

/** Makes one dive on an executor, or says why not. */
record ZoomTask(ResolvedSpec recipe, RunOptions options, LongAccumulator progress)
    implements Serializable {

  Outcome make(WorkItem wish) {
    return ItemWork.outcome(
        wish,
        () -> MemoryGate.here().during(StillSource.need(wish, recipe.spec()), () -> dive(wish)));
  }

  private ItemWork.Made dive(WorkItem wish) throws IOException {
    WorkFolder.requireInside(wish.output(), options);
    try (DreamerFactory dreamers = new DreamerFactory(recipe, options.device().ofTask())) {
      return new ZoomRun(wish, recipe, options, dreamers, progress).run();
    }
  }
}
