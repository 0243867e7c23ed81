package io.reverie.jobs.video.work;

import io.reverie.jobs.output.OutputTimeline;
import io.reverie.jobs.plan.SegmentPlan;
import io.reverie.jobs.plan.Shot;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.jobs.video.index.ReadVideo;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.Colour;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.hdr.DisplayView;
import io.reverie.video.shot.Shots;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of a video's frames, with what follows from it; everything that takes time for each
 * frame or shot is done once.
 *
 * @param size of the output's frames
 * @param dreamSize of the largest octave
 * @param shots the detected cuts and flashes
 * @param plan the shots and segments that it is dreamed in
 * @param begins first times of all shots
 * @param flashes times of frames that belong to a flash
 * @param scheduled the settings of each frame
 */
public record VideoContent(
    ReadVideo read,
    Size size,
    Size dreamSize,
    Shots shots,
    SegmentPlan plan,
    Set<Long> begins,
    Set<Long> flashes,
    OutputTimeline timeline,
    ScheduledSpec scheduled) {

  /** Plans a video, whose shots are divided as its spec says. */
  public static VideoContent of(PlannedVideo video, ReadVideo read, Shots shots) {
    VideoSpec spec = video.spec().video();
    return of(video, read, shots, spec.segment(), spec.overlapFrames());
  }

  /**
   * Plans a video.
   *
   * @param segment maximum number of frames in a segment
   * @param overlap number of frames that neighbours in a shot share
   */
  public static VideoContent of(
      PlannedVideo video, ReadVideo read, Shots shots, int segment, int overlap) {
    PipelineSpec spec = video.spec();
    VideoIndex index = read.index();
    Size size = FrameImages.ofVideo(spec.size().of(FrameImages.ofDream(index.size())));
    SegmentPlan plan =
        SegmentPlan.of(index, read.range(), shots.cuts(), segment, overlap, spec.video().chunk());
    List<Long> begins = plan.shots().stream().map(Shot::range).map(range -> range.from()).toList();
    boolean toneMapped = DisplayView.isHdr(index.colour()) && !video.target().storesHdr();
    VideoIndex shown = toneMapped ? index.describedBy(index.size(), Colour.UNSPECIFIED) : index;
    return new VideoContent(
        read,
        size,
        FrameImages.ofVideo(spec.dreamSize().of(FrameImages.ofDream(size))),
        shots,
        plan,
        begins.stream().collect(Collectors.toSet()),
        shots.flashes().stream().collect(Collectors.toSet()),
        new OutputTimeline(read.input().media(index), shown, read.range(), size, begins),
        new ScheduledSpec(spec, index, read.loudness()));
  }
}
