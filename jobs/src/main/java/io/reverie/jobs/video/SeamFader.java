package io.reverie.jobs.video;

import io.reverie.core.dream.image.Residual;
import io.reverie.jobs.output.FrameFile;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.video.SharedFrames.Shared;
import io.reverie.temporal.fade.CrossFade;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cross-fades the frames that two segments share, and encodes them. */
final class SeamFader {

  private SeamFader() {}

  /**
   * @param early files that the segment before the seam wrote for it, by name in the work folder
   * @param late files that the segment after the seam wrote for it
   */
  static SegmentResult fade(
      int item, VideoItem video, Seam seam, List<String> early, List<String> late) {
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return SegmentResult.failed(item, true, seam.before(), fatal.get());
    }
    try {
      Optional<SegmentResult> finished = video.work().finished(item, true, seam.before());
      return finished.isPresent()
          ? finished.get()
          : new SeamRun(item, video, seam, early, late).run();
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return SegmentResult.failed(item, true, seam.before(), Failure.of(e));
    }
  }

  private static final class SeamRun {

    private final int item;
    private final VideoItem video;
    private final Seam seam;
    private final List<String> early;
    private final List<String> late;
    private final ScheduledSpec spec;
    private final StageTimer timer = new StageTimer();
    private final List<FrameMeasures> measures = new ArrayList<>();

    SeamRun(int item, VideoItem video, Seam seam, List<String> early, List<String> late) {
      this.item = item;
      this.video = video;
      this.seam = seam;
      this.early = early;
      this.late = late;
      this.spec = video.scheduled();
    }

    SegmentResult run() throws IOException {
      CrossFade fade = fade();
      String name = VideoWork.seam(seam.before());
      try (SharedFrames frames = new SharedFrames(video, seam, early, late);
          FrameMeter meter = new FrameMeter(FrameImages.ofDream(video.dreamSize()));
          FrameFile out =
              new FrameFile(
                  video.work().file(name), part -> video.target().writer(part, video.timeline()))) {
        for (Optional<Shared> f = read(frames); f.isPresent(); f = read(frames)) {
          mix(f.get(), fade, meter, out);
          Attempts.stopIfKilled();
        }
        out.publish();
        SegmentResult result =
            new SegmentResult(
                item,
                true,
                seam.before(),
                out.frames() > 0 ? List.of(name) : List.of(),
                out.frames() > 0 ? List.of(out.packets()) : List.of(),
                List.of(),
                FrameCounts.written(out.frames()),
                measures,
                timer.take(),
                "");
        video.work().finish(result);
        return result;
      }
    }

    private Optional<Shared> read(SharedFrames frames) {
      return timer.time(Stage.DECODE, frames::next);
    }

    /** First pass: measures the difference of the two dreams over all shared frames. */
    private CrossFade fade() throws IOException {
      CrossFade.Measuring measuring = new CrossFade.Measuring();
      try (SharedFrames frames = new SharedFrames(video, seam, early, late)) {
        for (Optional<Shared> f = read(frames); f.isPresent(); f = read(frames)) {
          if (f.get().early().isPresent() && f.get().late().isPresent()) {
            measuring.add(f.get().early().get(), f.get().late().get());
          }
        }
      }
      return measuring.fade(seam.frames());
    }

    private void mix(Shared shared, CrossFade fade, FrameMeter meter, FrameFile out) {
      long pts = shared.frame().source().pts();
      int position = video.index().first(pts) - video.index().first(seam.range().from());
      Optional<Residual> mixed =
          shared.early().isPresent() && shared.late().isPresent()
              ? Optional.of(fade.mix(shared.early().get(), shared.late().get(), position))
              : shared.early().or(shared::late);
      if (mixed.isEmpty()) {
        return;
      }
      double strength = spec.at(pts).strength();
      measures.add(
          timer.time(
              Stage.MEASURE,
              () ->
                  meter.measure(
                      new FrameMeter.Sample(
                          pts,
                          shared.small(),
                          mixed.get().addTo(shared.small(), strength),
                          mixed.get(),
                          0,
                          false),
                      !shared.frame().source().corrupt(),
                      Optional.empty())));
      if (seam.range().contains(pts)) {
        timer.time(Stage.ENCODE, () -> out.write(shared.frame().with(mixed.get(), strength)));
      }
    }
  }
}
