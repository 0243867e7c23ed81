package io.reverie.jobs.zoom;

import static io.reverie.jobs.operation.WorkMeter.timed;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.jobs.forecast.FrameCost;
import io.reverie.jobs.images.StillSource;
import io.reverie.jobs.network.DreamerFactory;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.operation.Piece;
import io.reverie.jobs.operation.Piece.Kind;
import io.reverie.jobs.operation.WorkCounter;
import io.reverie.jobs.operation.WorkMeter;
import io.reverie.jobs.output.FrameFile;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.OutputTimeline;
import io.reverie.jobs.output.Pieces;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemWork;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.ZoomSpec;
import io.reverie.jobs.storage.Sha256;
import io.reverie.temporal.fade.LoopFade;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.zoom.Tone;
import io.reverie.temporal.zoom.ZoomPlan;
import io.reverie.temporal.zoom.ZoomPlan.FrameUse;
import io.reverie.temporal.zoom.ZoomPlan.Stretch;
import io.reverie.temporal.zoom.ZoomSequence;
import io.reverie.video.AssemblyReport;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.FrameWriter;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.encode.LosslessSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes one zoom video: dreams, encodes stretch by stretch, publishes. It resumes after the last
 * checkpoint of an earlier run or attempt, with identical frames.
 */
final class ZoomRun {

  private final WorkItem item;
  private final ResolvedSpec resolved;
  private final RunOptions options;
  private final FrameCounter progress;
  private final Snapshots snapshots;
  private final ZoomSpec zoom;
  private final ZoomSettings settings;
  private final ZoomPlan plan;
  private final StillSource source;
  private final ZoomSequence sequence;
  private final OutputTarget target;
  private final OutputTimeline timeline;
  private final WorkFolder work;
  private final ZoomWork states;
  private long lastCheckpoint = System.nanoTime();
  private long lastFrame = System.nanoTime();
  private long steps;

  ZoomRun(
      WorkItem item,
      ResolvedSpec resolved,
      RunOptions options,
      DreamerFactory dreamers,
      FrameCounter progress,
      Snapshots snapshots)
      throws IOException {
    PipelineSpec spec = resolved.spec();
    this.item = item;
    this.resolved = resolved;
    this.options = options;
    this.progress = progress;
    this.snapshots = snapshots;
    this.zoom = spec.zoom();
    this.plan = ZoomPlan.of(zoom.frames(), zoom.loop(), spec.video().chunk());
    this.source = StillSource.of(item, spec);
    Size size = source.image().size();
    this.settings = ZoomSettings.of(spec, size, dreamers);
    this.sequence = new ZoomSequence(source.image(), tone(item.input(), size), settings::at);
    this.target = OutputTarget.of(item.output(), spec);
    this.timeline = timeline(source, zoom);
    this.work = WorkFolder.of(item.output(), key(), options);
    this.states = new ZoomWork(work);
  }

  private static OutputTimeline timeline(StillSource source, ZoomSpec zoom) {
    io.reverie.video.Size size = FrameImages.ofVideo(source.image().size());
    VideoIndex index =
        VideoIndex.steady(
            zoom.rate(), zoom.frames(), size, Math.min(16, source.still().bitDepth()), false);
    return new OutputTimeline(Optional.empty(), index, PtsRange.ALL, size);
  }

  private static Optional<Tone> tone(String input, Size size) {
    return WorkItem.isNoise(input) ? Optional.of(Tone.usual(size)) : Optional.empty();
  }

  /** A hash of everything that determines the frames. */
  private String key() {
    String all =
        String.join(
            "\n",
            "zoom with counted steps",
            source.identity(),
            resolved.id(),
            item.output().absolute(),
            target.segmentFormat());
    return Sha256.of(all).substring(0, 16);
  }

  ItemWork.Result run() throws IOException {
    try {
      int done = resume();
      for (Stretch stretch : plan.stretches()) {
        if (stretch.from() >= done) {
          make(stretch);
        }
      }
      ItemWork.Result result = publish();
      if (!options.keepWork()) {
        work.delete();
      }
      return result;
    } catch (IOException | RuntimeException e) {
      if (!work.hasSegments() || (Failure.isPermanent(e) && !options.keepWork())) {
        work.delete();
      }
      throw e;
    }
  }

  /**
   * Makes the first frames into a file of its own and measures them; nothing is published.
   *
   * @param more frames after the first
   */
  FrameCost tried(Path file, int more) throws IOException {
    long begun = System.nanoTime();
    double lone;
    double carried;
    try (FrameWriter writer = target.writer(file, timeline)) {
      writer.write(FrameImages.frame(sequence.next(), 0));
      lone = (System.nanoTime() - begun) / 1e9;
      long rest = System.nanoTime();
      for (int frame = 1; frame <= more; frame++) {
        writer.write(FrameImages.frame(sequence.next(), frame));
      }
      writer.finish();
      carried = (System.nanoTime() - rest) / 1e9 / Math.max(1, more);
    }
    return new FrameCost(0, lone, carried, 0, 0, (double) Files.size(file) / (more + 1), 0);
  }

  private int resume() throws IOException {
    Optional<ZoomSequence.State> checkpoint = states.state(source.image().size());
    checkpoint.ifPresent(sequence::resume);
    steps = checkpoint.map(ZoomSequence.State::steps).orElse(0L);
    int done = checkpoint.map(ZoomSequence.State::frames).orElse(0);
    progress.add(done);
    return done;
  }

  private void make(Stretch stretch) throws IOException {
    long begun = System.nanoTime();
    try (FrameFile file =
        new FrameFile(work.file(ZoomWork.stretch(stretch)), part -> writer(part, stretch))) {
      if (stretch.use() == FrameUse.FADED) {
        fade(stretch, file);
      } else {
        for (int frame = stretch.from(); frame < stretch.to(); frame++) {
          write(file, FrameImages.frame(next(frame), frame));
        }
      }
      timed(WorkCounter.PUBLISH_SECONDS, file::publish);
    }
    new Piece(Kind.STRETCH, item.input(), stretch.number(), options.device()::ofTask)
        .ended(new Piece.End(stretch.to() - stretch.from(), ""), (System.nanoTime() - begun) / 1e9);
    if ((System.nanoTime() - lastCheckpoint) / 1e9 >= options.checkpointSeconds()) {
      lastCheckpoint = System.nanoTime();
      states.save(sequence.state());
    }
  }

  private Image next(int frame) {
    Attempts.stopIfKilled();
    Image image = dreamed();
    String output = item.output().text();
    if (snapshots.isDue(output, frame)) {
      double seconds = frame / zoom.rate().toDouble();
      snapshots.take(output, frame, seconds, source.frame(), FrameImages.frame(image, frame));
    }
    long now = System.nanoTime();
    double seconds = (now - lastFrame) / 1e9;
    lastFrame = now;
    if (sequence.state().frames() == 1) {
      progress.addLone(1, seconds);
    } else {
      progress.addCarried(1, seconds);
    }
    return image;
  }

  private Image dreamed() {
    Image image = timed(WorkCounter.ASCENT_SECONDS, sequence::next);
    WorkMeter.ofThisProcess().addFrame(sequence.state().steps() - steps);
    steps = sequence.state().steps();
    return image;
  }

  private static void write(FrameFile file, Frame frame) {
    timed(WorkCounter.ENCODE_SECONDS, () -> file.write(frame));
  }

  private void fade(Stretch stretch, FrameFile file) throws IOException {
    LoopFade fade = new LoopFade(zoom.loop());
    try (FrameReader opening =
        storedOpening().reader(work.media(ZoomWork.stretch(plan.stored(stretch))))) {
      for (int frame = stretch.from(); frame < stretch.to(); frame++) {
        int shown = frame - zoom.frames();
        Image start = FrameImages.image(opening.next().orElseThrow());
        write(file, FrameImages.frame(fade.mix(next(frame), start, shown), shown));
      }
    }
  }

  private FrameWriter writer(Path part, Stretch stretch) {
    return stretch.use() == FrameUse.STORED
        ? storedOpening().writer(part)
        : target.writer(part, timeline);
  }

  private LosslessSegment storedOpening() {
    return new LosslessSegment(timeline.format());
  }

  /** Writes the sidecar first: the presence of the result marks it as complete. */
  private ItemWork.Result publish() throws IOException {
    Pieces pieces = Pieces.of(work, plan.inDisplayOrder().stream().map(ZoomWork::stretch).toList());
    String device = options.device().ofTask();
    Provenance provenance =
        Provenance.of(
            "zoom",
            resolved,
            source.source(),
            item.output(),
            MachineInfo.ofThisMachine(device, options.batch().sharesOn(device)));
    AssemblyReport report =
        timed(
            WorkCounter.PUBLISH_SECONDS,
            () ->
                target.publish(
                    timeline,
                    pieces,
                    provenance.note(),
                    frames -> Sidecar.write(provenance, item.output())));
    List<String> warnings =
        new ArrayList<>(
            source.losses(
                settings.at(0).dreamer(), resolved.spec().dreamSize().of(source.image().size())));
    warnings.addAll(report.warnings());
    LoadedNetworks.slowness(resolved.spec(), device).ifPresent(warnings::add);
    if (resolved.spec().strength() > 0) {
      ZoomSequence.State end = sequence.state();
      settings
          .at(0)
          .dreamer()
          .spec()
          .emptySteps(end.steps(), end.zeroSteps())
          .ifPresent(warnings::add);
    }
    return new ItemWork.Result(report.frames(), warnings);
  }
}
