package io.reverie.jobs.video;

import io.reverie.core.dream.Dreamer;
import io.reverie.core.text.Count;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.kept.DreamSource;
import io.reverie.jobs.kept.KeptDreams;
import io.reverie.jobs.kept.KeptLookup;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.plan.Shot;
import io.reverie.jobs.report.FilmPlan;
import io.reverie.jobs.report.FilmPlan.FilmShot;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.video.VideoSummary.FilmView;
import io.reverie.jobs.video.index.ReadVideo;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoContents;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.jobs.video.work.VideoProbe;
import io.reverie.temporal.carry.TemporalMode;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.VideoIndex;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Finds out in tasks what there is to dream, and leaves it in the work folder: the driver is only
 * told a summary.
 *
 * @param dreams kept dreams that may be used
 * @param moments of the video that a report shows; 0 without a report
 */
record VideoPlanner(SpecifiedItem item, RunOptions options, KeptDreams dreams, int moments)
    implements Serializable {

  /** Typical fraction of the iterations that a keyframe needs. */
  private static final double CARRIED = 0.15;

  /** Work that may fail alone. */
  private interface Step {
    Planning run() throws IOException;
  }

  private static Planning outcome(Step step) {
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return new Planning.Refused(fatal.get(), false);
    }
    try {
      return step.run();
    } catch (UserException e) {
      return new Planning.Refused(e.getMessage(), e.kind() == UserException.Kind.USAGE);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new Planning.Refused(Failure.of(e), false);
    }
  }

  /** Reads the index and, if the video is short or its cuts are known, plans it. */
  Planning read(ItemListener listener) {
    if (!options.dryRun()) {
      listener.begun(item.item());
    }
    return outcome(
        () -> {
          InputVideo input = InputVideo.of(item.item().input(), spec());
          PlannedVideo video = PlannedVideo.of(item, input, options);
          ReadVideo read = read(video, input);
          Optional<Shots> shots = VideoProbe.shots(video, read);
          if (shots.isEmpty() && VideoProbe.parts(read.frames()) > 1) {
            return new Planning.Uncut(video, read.frames());
          }
          return shots.isPresent() ? ready(video) : ready(video, VideoProbe.detect(read, 0));
        });
  }

  private PipelineSpec spec() {
    return item.resolved().spec();
  }

  /** What an earlier run or attempt has read, or the video itself. */
  private ReadVideo read(PlannedVideo video, InputVideo input) throws IOException {
    Optional<ReadVideo> stored = VideoContents.stored(video);
    if (stored.isPresent()) {
      VideoProbe.require(input.name(), stored.get().index(), spec());
    }
    ReadVideo read = stored.isPresent() ? stored.get() : VideoProbe.read(input, spec());
    if (stored.isEmpty() && !options.dryRun()) {
      video.work().saveIndex(read);
    }
    VideoContents.keep(video, read);
    return read;
  }

  /** Plans a video whose cuts were detected. */
  Planning plan(PlannedVideo video, Shots detected) {
    return outcome(() -> ready(video, detected));
  }

  private Planning ready(PlannedVideo video, Shots detected) throws IOException {
    if (options.dryRun()) {
      return ready(video.with(detected));
    }
    // A resumed run need not detect them again.
    video.work().saveShots(detected);
    return ready(video);
  }

  private Planning ready(PlannedVideo video) throws IOException {
    VideoItem opened = video.open();
    List<Integer> segments = opened.plan().segments().stream().map(Segment::frames).toList();
    KeptLookup.Found kept =
        KeptLookup.find(
            dreams,
            new DreamSource(opened.input().name(), opened.input().identity(), opened.resolved()),
            opened.output(),
            options,
            segments.size());
    return new Planning.Ready(
        new VideoSummary(
            video.with(kept.dream()),
            options.dryRun() ? message(opened) : "",
            opened.frames(),
            segments,
            opened.plan().seams().stream().map(Seam::before).toList(),
            spec().video().overlapFrames(),
            SegmentDreamer.need(opened),
            (double) opened.dreamSize().width() * opened.dreamSize().height(),
            kept.notices(),
            moments > 0 ? List.of(view(opened)) : List.of()));
  }

  /** What a dry run says of a video. */
  private String message(VideoItem video) {
    List<Segment> segments = video.plan().segments();
    int dreamed = segments.stream().mapToInt(Segment::frames).sum();
    double carried =
        spec().video().temporal() == TemporalMode.CARRY
            ? Math.max(1, CARRIED * spec().iterations())
                / (1 + spec().video().shot().waitingFrames())
            : spec().iterations();
    double steps =
        (double) segments.size() * spec().iterations() + (dreamed - segments.size()) * carried;
    // Whoever dreams finds the other streams in the sidecar.
    List<String> streams = video.target().streams(video.timeline());
    return "shots: %d, segments: %d of at most %s, at %s, dreamed at %s, about %.0f megapixel steps%s%s"
        .formatted(
            video.plan().shots().size(),
            segments.size(),
            Count.of(segments.stream().mapToInt(Segment::frames).max().getAsInt(), "frame"),
            video.size(),
            video.dreamSize(),
            megapixels(video) * steps,
            video.cutSeconds().isEmpty() ? "" : ", cuts at " + video.cutSeconds(),
            streams.isEmpty() ? "" : "; " + String.join("; ", streams));
  }

  /** Megapixels of all octaves. */
  private static double megapixels(VideoItem video) {
    Dreamer dreamer = Dreamers.of(video.resolved(), "cpu");
    return dreamer.octaves(FrameImages.ofDream(video.dreamSize())).stream()
        .mapToDouble(s -> (double) s.height() * s.width() / 1e6)
        .sum();
  }

  private FilmView view(VideoItem video) {
    VideoIndex index = video.index();
    int first = index.first(video.range().from());
    int frames = video.frames();
    long start = index.times()[first];
    long end = index.times()[first + frames - 1] + index.duration(first + frames - 1);
    FilmPlan plan =
        new FilmPlan(
            video.output().text(),
            video.size().toString(),
            video.seconds(video.range()).doubleValue(),
            (end - start) * index.timeBase().toDouble(),
            frames,
            video.plan().shots().stream().map(shot -> shot(video, shot, first)).toList());
    return new FilmView(
        plan,
        plan.moments(moments).stream().map(position -> index.times()[first + position]).toList());
  }

  private static FilmShot shot(VideoItem video, Shot shot, int first) {
    return new FilmShot(
        shot.number(),
        video.index().first(shot.range().from()) - first,
        shot.frames(),
        video.seconds(shot.range()).doubleValue());
  }
}
