package io.reverie.jobs.zoom;

import io.reverie.core.Size;
import io.reverie.jobs.network.DreamerFactory;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.spec.ZoomSpec;
import io.reverie.temporal.zoom.ZoomFrame;
import io.reverie.video.series.FramePosition;

/**
 * The settings of each frame of a zoom. Frames past the end of a loop repeat those of its
 * beginning.
 */
record ZoomSettings(ScheduledSpec spec, ZoomSpec zoom, Size size, DreamerFactory dreamers) {

  static ZoomSettings of(PipelineSpec spec, Size size, DreamerFactory dreamers) {
    return new ZoomSettings(
        new ScheduledSpec(spec, spec.zoom().rate()), spec.zoom(), size, dreamers);
  }

  ZoomFrame at(int frame) {
    int shown = frame % zoom.frames();
    PipelineSpec now = spec.at(shown);
    return new ZoomFrame(
        dreamers.of(now, new FramePosition(shown, shown + 1L, shown / zoom.rate().toDouble())),
        now.dreamSize().of(size),
        now.camera().motion(),
        now.zoom().iterations(),
        now.zoom().toneCorrection());
  }
}
