package io.reverie.jobs.zoom;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.jobs.images.StillSource;
import io.reverie.jobs.network.DreamerFactory;
import io.reverie.jobs.output.FrameFile;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.OutputTimeline;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
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
import io.reverie.temporal.zoom.ZoomPlan.Fate;
import io.reverie.temporal.zoom.ZoomPlan.Stretch;
import io.reverie.temporal.zoom.ZoomSequence;
import io.reverie.video.AssemblyReport;
import io.reverie.video.FrameReader;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.encode.LosslessSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.util.LongAccumulator;

/**
 * The making of one dive: dream, encode, piece by piece, publish. What an earlier run or attempt
 * has finished is not done again; the dive goes on behind it from a state that was kept.
 */
final class ZoomRun {

  private final WorkItem wish;
  private final ResolvedSpec recipe;
  private final RunOptions options;
  private final LongAccumulator progress;
  private final ZoomSpec zoom;
  private final ZoomSettings settings;
  private final ZoomPlan plan;
  private final StillSource original;
  private final ZoomSequence dive;
  private final OutputTarget target;
  private final OutputTimeline film;
  private final WorkFolder work;
  private final ZoomWork states;
  private long kept = System.nanoTime();

  ZoomRun(
      WorkItem wish,
      ResolvedSpec recipe,
      RunOptions options,
      DreamerFactory dreamers,
      LongAccumulator progress)
      throws IOException {
    PipelineSpec spec = recipe.spec();
    this.wish = wish;
    this.recipe = recipe;
    this.options = options;
    this.progress = progress;
    this.zoom = spec.zoom();
    this.plan = ZoomPlan.of(zoom.frames(), zoom.loop(), spec.video().chunk());
    this.original = StillSource.of(wish, spec);
    Size size = original.image().size();
    this.settings = ZoomSettings.of(spec, size, dreamers);
    this.dive = new ZoomSequence(original.image(), tone(wish.input(), size), settings::at);
    this.target = OutputTarget.of(wish.output(), spec);
    this.film = film(original, zoom);
    this.work = WorkFolder.of(wish.output(), key(), options);
    this.states = new ZoomWork(work);
  }

  private static OutputTimeline film(StillSource original, ZoomSpec zoom) {
    io.reverie.video.Size size = FrameImages.ofVideo(original.image().size());
    VideoIndex index =
        VideoIndex.steady(zoom.rate(), zoom.frames(), size, original.still().bitDepth(), false);
    return new OutputTimeline(Optional.empty(), index, PtsRange.ALL, size);
  }

  private static Optional<Tone> tone(String input, Size size) {
    return WorkItem.isNoise(input) ? Optional.of(Tone.usual(size)) : Optional.empty();
  }

  /** A hash of all that decides the frames. */
  private String key() {
    String all =
        String.join(
            "\n",
            "dive",
            original.identity(),
            recipe.id(),
            wish.output().absolute(),
            target.pieces());
    return Sha256.of(all).substring(0, 16);
  }

  ItemWork.Made run() throws IOException {
    try {
      int done = resume();
      for (Stretch stretch : plan.stretches()) {
        if (stretch.from() >= done) {
          make(stretch);
        }
      }
      ItemWork.Made made = publish();
      if (!options.keepWork()) {
        work.delete();
      }
      return made;
    } catch (IOException | RuntimeException e) {
      if (!work.hasPieces() || (Failure.isLasting(e) && !options.keepWork())) {
        work.delete();
      }
      throw e;
    }
  }

  private int resume() throws IOException {
    Optional<ZoomSequence.State> standing = states.state(original.image().size());
    standing.ifPresent(dive::resume);
    int done = standing.map(ZoomSequence.State::frames).orElse(0);
    progress.add(done);
    return done;
  }

  private void make(Stretch stretch) throws IOException {
    try (FrameFile file =
        new FrameFile(work.file(ZoomWork.stretch(stretch)), part -> writer(part, stretch))) {
      if (stretch.fate() == Fate.FADED) {
        fade(stretch, file);
      } else {
        for (int frame = stretch.from(); frame < stretch.to(); frame++) {
          file.write(FrameImages.frame(next(), frame));
        }
      }
      file.publish();
    }
    if ((System.nanoTime() - kept) / 1e9 >= options.checkpointSeconds()) {
      kept = System.nanoTime();
      states.keep(dive.state());
    }
  }

  private Image next() {
    Attempts.stopIfKilled();
    Image image = dive.next();
    progress.add(1);
    return image;
  }

  private void fade(Stretch stretch, FrameFile file) throws IOException {
    LoopFade fade = new LoopFade(zoom.loop());
    try (FrameReader begins = aside().reader(work.media(ZoomWork.stretch(plan.stored(stretch))))) {
      for (int frame = stretch.from(); frame < stretch.to(); frame++) {
        int shown = frame - zoom.frames();
        Image begin = FrameImages.image(begins.next().orElseThrow());
        file.write(FrameImages.frame(fade.mix(next(), begin, shown), shown));
      }
    }
  }

  private FrameWriter writer(Path part, Stretch stretch) {
    return stretch.fate() == Fate.SET_ASIDE ? aside().writer(part) : target.writer(part, film);
  }

  private LosslessSegment aside() {
    return new LosslessSegment(film.format());
  }

  /** What stands beside it comes first: the result says that all is there. */
  private ItemWork.Made publish() throws IOException {
    List<MediaSource> pieces = new ArrayList<>();
    for (Stretch stretch : plan.inDisplayOrder()) {
      pieces.add(work.media(ZoomWork.stretch(stretch)));
    }
    Provenance provenance =
        Provenance.of(
            "zoom",
            recipe,
            original.source(),
            wish.output(),
            MachineInfo.here(options.device().ofTask()));
    AssemblyReport report =
        target.publish(
            film, pieces, provenance.note(), frames -> Sidecar.write(provenance, wish.output()));
    List<String> warnings =
        new ArrayList<>(
            original.losses(
                settings.at(0).dreamer(), recipe.spec().dreamSize().of(original.image().size())));
    warnings.addAll(report.warnings());
    return new ItemWork.Made(report.frames(), warnings);
  }
}
