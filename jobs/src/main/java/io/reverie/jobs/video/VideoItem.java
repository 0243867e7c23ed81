package io.reverie.jobs.video;

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
import io.reverie.video.Colour;
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
import io.reverie.video.shot.Shots;
import io.reverie.video.sound.Loudness;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One video to dream.
 *
 * @param workItem where the result goes
 * @param resolved what it is dreamed with
 * @param range the part to dream
 * @param size of the output's frames
 * @param dreamSize of the largest octave
 * @param target the form of the output
 * @param plan the shots and segments that it is dreamed in
 * @param shots the detected cuts and flashes
 * @param loudness of its sound, if the spec follows it
 * @param work stores segments until all are finished
 * @param kept the dream that outlasts the work folder, if it is kept or was
 */
record VideoItem(
    InputVideo input,
    WorkItem workItem,
    ResolvedSpec resolved,
    VideoIndex index,
    PtsRange range,
    Size size,
    Size dreamSize,
    OutputTarget target,
    SegmentPlan plan,
    Shots shots,
    Loudness loudness,
    VideoWork work,
    KeptDream kept)
    implements Serializable {

  Location output() {
    return workItem.output();
  }

  /** A hash of everything that determines the frames. */
  String key() {
    String name = work.folder().folder().name();
    return name.substring(name.lastIndexOf('-') + 1);
  }

  OutputTimeline timeline() {
    VideoIndex shown = isToneMapped() ? index.describedBy(index.size(), Colour.UNSPECIFIED) : index;
    List<Long> cuts = plan.shots().stream().map(shot -> shot.range().from()).toList();
    return new OutputTimeline(input.media(index), shown, range, size, cuts);
  }

  /** Returns whether the result is for a standard display, because its format cannot mark HDR. */
  boolean isToneMapped() {
    return DisplayView.isHdr(index.colour()) && !target.storesHdr();
  }

  /** Views a frame as the network sees it. */
  DisplayFrame view(Frame source) {
    DisplayView view = DisplayView.of(index.colour());
    return new DisplayFrame(view, source, view.shown(source), isToneMapped());
  }

  PipelineSpec spec() {
    return resolved.spec();
  }

  /** Evaluates the schedules for this video. */
  ScheduledSpec scheduled() {
    return new ScheduledSpec(spec(), index, loudness);
  }

  /** The format of frames stored for seams. */
  LosslessSegment lossless() {
    return new LosslessSegment(SegmentFormat.of(index, dreamSize));
  }

  /** Opens frames of the source, scaled to the output's size. */
  FrameReader reader(PtsRange frames) {
    return input.source().open(index, frames, Optional.of(size));
  }

  FramePosition position(long pts) {
    int position = index.first(pts);
    double seconds = (pts - index.times()[0]) * index.timeBase().toDouble();
    return new FramePosition(position, input.number(position), seconds);
  }

  /** The source frames, for masks that track what they cover. */
  SourceFrames sourceFrames(FlowSettings flow) {
    Set<Long> cuts =
        plan.shots().stream().map(shot -> shot.range().from()).collect(Collectors.toSet());
    return new SourceFrames(
        from -> DisplayView.of(index.colour()).reader(reader(index.range(from, index.count()))),
        this::position,
        cuts::contains,
        shots.flashes()::contains,
        flow);
  }

  /** Returns whether nothing is left to dream. */
  boolean isKept() {
    return kept.active() && kept.finished() >= plan.segments().size();
  }

  /** The number of frames in the result. */
  int frames() {
    return index.count(range);
  }

  /** The start of each shot except the first. */
  List<BigDecimal> cutSeconds() {
    return plan.shots().stream().skip(1).map(shot -> seconds(shot.range())).toList();
  }

  /**
   * The start of a range in seconds after the source's first frame; rounded down, so that the first
   * frame at or after it is the range's own.
   */
  BigDecimal seconds(PtsRange frames) {
    long pts = index.times()[index.first(frames.from())];
    double seconds = (pts - index.times()[0]) * index.timeBase().toDouble();
    BigDecimal exact = BigDecimal.valueOf(seconds).setScale(6, RoundingMode.FLOOR);
    BigDecimal plain = exact.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }
}
