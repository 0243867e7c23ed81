package io.reverie.jobs.zoom;

import io.reverie.jobs.images.StillSource;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.network.DreamerFactory;
import io.reverie.jobs.operation.Piece;
import io.reverie.jobs.operation.Piece.Kind;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.ItemWork;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import java.io.IOException;
import java.io.Serializable;

/** Makes one zoom video in a Spark task. */
record ZoomTask(
    ResolvedSpec resolved, RunOptions options, FrameCounter progress, Snapshots snapshots)
    implements Serializable {

  Outcome make(WorkItem item) {
    return new Piece(Kind.ZOOM, item.input(), 0, options.device()::ofTask)
        .during(
            () ->
                ItemWork.outcome(
                    item,
                    () ->
                        MemoryGate.forThisProcess()
                            .during(StillSource.need(item, resolved.spec()), () -> zoom(item))),
            Outcome::end);
  }

  private ItemWork.Result zoom(WorkItem item) throws IOException {
    WorkFolder.requireInside(item.output(), options);
    try (DreamerFactory dreamers =
        new DreamerFactory(resolved, options.device().ofTask(), options.batch())) {
      return new ZoomRun(item, resolved, options, dreamers, progress, snapshots).run();
    }
  }
}
