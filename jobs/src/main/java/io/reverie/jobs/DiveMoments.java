package io.reverie.jobs;

import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.camera.Dive;
import io.reverie.jobs.network.FrameDreamers;
import io.reverie.jobs.reel.When;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.spec.ZoomSpec;

/**
 * What the frames of a dive are dreamed with. Frames behind its end are those of its beginning once
 * more.
 */
record DiveMoments(ScheduledSpec spec, ZoomSpec zoom, FrameDreamers dreamers)
    implements Dive.Moments {

  static DiveMoments of(PipelineSpec spec, FrameDreamers dreamers) {
    return new DiveMoments(new ScheduledSpec(spec, spec.zoom().rate()), spec.zoom(), dreamers);
  }

  @Override
  public PipelineSpec at(int frame) {
    return spec.at(frame % zoom.frames());
  }

  @Override
  public Dreamer dreamer(PipelineSpec now, int frame) {
    int seen = frame % zoom.frames();
    return dreamers.of(now, new When(seen, seen + 1L, seen / zoom.rate().toDouble()));
  }
}
