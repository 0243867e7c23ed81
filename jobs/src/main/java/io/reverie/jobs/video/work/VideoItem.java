package io.reverie.jobs.video.work;

import io.reverie.jobs.kept.KeptDream;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.OutputTimeline;
import io.reverie.jobs.plan.SegmentPlan;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.temporal.mask.SourceFrames;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.encode.LosslessSegment;
import io.reverie.video.hdr.DisplayView;
import io.reverie.video.motion.FlowSettings;
import io.reverie.video.series.FramePosition;
import io.reverie.video.sound.Loudness;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * One video to dream, with what is known of its frames. It stays in the process that has read it:
 * others receive the {@link PlannedVideo}.
 */
public record VideoItem(PlannedVideo planned, VideoContent content) {

  public InputVideo input() {
    return content.read().input();
  }

  public WorkItem workItem() {
    return planned.workItem();
  }

  public ResolvedSpec resolved() {
    return planned.resolved();
  }

  public VideoIndex index() {
    return content.read().index();
  }

  /** The part to dream. */
  public PtsRange range() {
    return content.read().range();
  }

  /** The size of the output's frames. */
  public Size size() {
    return content.size();
  }

  /** The size of the largest octave. */
  public Size dreamSize() {
    return content.dreamSize();
  }

  public OutputTarget target() {
    return planned.target();
  }

  public SegmentPlan plan() {
    return content.plan();
  }

  public Loudness loudness() {
    return content.read().loudness();
  }

  public VideoWork work() {
    return planned.work();
  }

  public KeptDream kept() {
    return planned.kept();
  }

  public Location output() {
    return planned.output();
  }

  public OutputTimeline timeline() {
    return content.timeline();
  }

  /** Whether a frame belongs to a flash. */
  public boolean isFlash(long pts) {
    return content.flashes().contains(pts);
  }

  /** Whether the result is for a standard display, because its format cannot mark HDR. */
  public boolean isToneMapped() {
    return DisplayView.isHdr(index().colour()) && !target().storesHdr();
  }

  /** Views a frame as the network sees it. */
  public DisplayFrame view(Frame source) {
    DisplayView view = DisplayView.of(index().colour());
    return new DisplayFrame(view, source, view.shown(source), isToneMapped());
  }

  public PipelineSpec spec() {
    return planned.spec();
  }

  /** The schedules of this video. */
  public ScheduledSpec scheduled() {
    return content.scheduled();
  }

  /** The format of frames stored for seams. */
  public LosslessSegment lossless() {
    return new LosslessSegment(SegmentFormat.of(index(), dreamSize()));
  }

  /** Opens frames of the source, scaled to the output's size. */
  public FrameReader reader(PtsRange frames) {
    return input().source().open(index(), frames, Optional.of(size()));
  }

  public FramePosition position(long pts) {
    int position = index().first(pts);
    double seconds = (pts - index().times()[0]) * index().timeBase().toDouble();
    return new FramePosition(position, input().number(position), seconds);
  }

  /** The source frames, for masks that track what they cover. */
  public SourceFrames sourceFrames(FlowSettings flow) {
    return new SourceFrames(
        from ->
            DisplayView.of(index().colour()).reader(reader(index().range(from, index().count()))),
        this::position,
        content.begins()::contains,
        this::isFlash,
        flow);
  }

  /** The number of frames in the result. */
  public int frames() {
    return content.read().frames();
  }

  /** The start of each shot except the first. */
  public List<BigDecimal> cutSeconds() {
    return plan().shots().stream().skip(1).map(shot -> seconds(shot.range())).toList();
  }

  /**
   * The start of a range in seconds after the source's first frame; rounded down, so that the first
   * frame at or after it is the range's own.
   */
  public BigDecimal seconds(PtsRange frames) {
    long pts = index().times()[index().first(frames.from())];
    double seconds = (pts - index().times()[0]) * index().timeBase().toDouble();
    BigDecimal exact = BigDecimal.valueOf(seconds).setScale(6, RoundingMode.FLOOR);
    BigDecimal plain = exact.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }
}
