package io.reverie.jobs.video;

import io.reverie.core.dream.image.Residual;
import io.reverie.jobs.operation.Piece;
import io.reverie.jobs.operation.Piece.Kind;
import io.reverie.jobs.operation.WorkCounter;
import io.reverie.jobs.operation.WorkMeter;
import io.reverie.jobs.output.FrameFile;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.report.MeasureDigest;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.video.SharedFrames.Shared;
import io.reverie.jobs.video.record.FrameCounts;
import io.reverie.jobs.video.record.SegmentEnd;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.jobs.video.work.VideoWork;
import io.reverie.temporal.fade.CrossFade;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.temporal.measure.StageTimer.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cross-fades the frames that two segments share, and encodes them. */
final class SeamFader {

  private SeamFader() {}

  /**
   * Fades a seam in a task.
   *
   * @param before number of the segment before it
   * @param reported whether a report shows the measures
   */
  static SegmentEnd fade(PlannedVideo video, int before, boolean reported) {
    AtomicBoolean kept = new AtomicBoolean();
    // Decoders and encoders are all that works here.
    return new Piece(Kind.SEAM, video.workItem().input(), before, () -> "cpu")
        .during(() -> faded(video, before, reported, kept), end -> end.piece(kept.get()));
  }

  private static SegmentEnd faded(
      PlannedVideo video, int before, boolean reported, AtomicBoolean kept) {
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return SegmentEnd.failed(true, before, fatal.get());
    }
    try {
      VideoItem opened = video.open();
      kept.set(opened.work().finished(true, before).isPresent());
      Seam seam = opened.plan().seamAfter(before);
      SegmentResult result = fade(opened, seam);
      return SegmentEnd.of(
          result,
          reported ? VideoMeasures.digest(opened, seam.range(), result) : MeasureDigest.NONE);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return SegmentEnd.failed(true, before, Failure.of(e));
    }
  }

  /** Fades a seam between two segments that are finished. */
  private static SegmentResult fade(VideoItem video, Seam seam) throws IOException {
    Optional<SegmentResult> finished = video.work().finished(true, seam.before());
    return finished.isPresent()
        ? finished.get()
        : new SeamRun(video, seam, sides(video, seam, 0), sides(video, seam, 1)).run();
  }

  /** The files that one of its segments wrote for a seam, by name in the work folder. */
  private static List<String> sides(VideoItem video, Seam seam, int side) throws IOException {
    return video.work().required(false, seam.before() + side).sides().stream()
        .filter(name -> name.startsWith(VideoWork.sidesOf(seam)))
        .toList();
  }

  private static final class SeamRun {

    private final VideoItem video;
    private final Seam seam;
    private final List<String> early;
    private final List<String> late;
    private final ScheduledSpec spec;
    private final StageTimer timer = new StageTimer();
    private final List<FrameMeasures> measures = new ArrayList<>();

    SeamRun(VideoItem video, Seam seam, List<String> early, List<String> late) {
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
        WorkMeter.timed(WorkCounter.PUBLISH_SECONDS, out::publish);
        Times times = timer.take();
        WorkMeter.ofThisProcess().add(times, 0);
        SegmentResult result =
            new SegmentResult(
                true,
                seam.before(),
                out.frames() > 0 ? List.of(name) : List.of(),
                out.frames() > 0 ? List.of(out.packets()) : List.of(),
                List.of(),
                FrameCounts.written(out.frames()),
                measures,
                times);
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
