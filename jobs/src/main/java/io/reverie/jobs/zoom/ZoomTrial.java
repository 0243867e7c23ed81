package io.reverie.jobs.zoom;

import io.reverie.jobs.forecast.FrameCost;
import io.reverie.jobs.images.StillSource;
import io.reverie.jobs.network.DreamerFactory;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TrialResult;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Dreams the first frames of a zoom video in a Spark task and measures them. */
record ZoomTrial(ResolvedSpec resolved, RunOptions options) implements Serializable {

  /** Tried after the first one. */
  private static final int FRAMES = 4;

  TrialResult<FrameCost> run(WorkItem item) {
    return TrialResult.of(() -> StillSource.need(item, resolved.spec()), () -> measured(item));
  }

  private ZoomRun run(WorkItem item, DreamerFactory dreamers) throws IOException {
    return new ZoomRun(item, resolved, options, dreamers, FrameCounter.unseen(), Snapshots.none());
  }

  private FrameCost measured(WorkItem item) throws IOException {
    Path frames = RunFolder.path().resolve(UUID.randomUUID() + "-trial");
    try (DreamerFactory dreamers = new DreamerFactory(resolved, options.device().ofTask())) {
      // Repeated, because the first frame of a process pays for what the others find.
      FrameCost cold = run(item, dreamers).tried(frames, 0);
      Files.deleteIfExists(frames);
      FrameCost warm = run(item, dreamers).tried(frames, FRAMES);
      double load = Math.max(0, cold.lone() - warm.lone());
      return new FrameCost(load, warm.lone(), warm.carried(), 0, 0, warm.bytes(), 0);
    } finally {
      Files.deleteIfExists(frames);
    }
  }
}
