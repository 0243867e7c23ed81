package io.reverie.jobs;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.jobs.camera.Dive;
import io.reverie.jobs.camera.DivePlan;
import io.reverie.jobs.camera.DivePlan.Fate;
import io.reverie.jobs.camera.DivePlan.Stretch;
import io.reverie.jobs.camera.LoopFade;
import io.reverie.jobs.camera.Tone;
import io.reverie.jobs.carry.Sizes;
import io.reverie.jobs.network.FrameDreamers;
import io.reverie.jobs.network.Sha256;
import io.reverie.jobs.provenance.Machine;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.ZoomSpec;
import io.reverie.video.AssemblyReport;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.FrameWriter;
import io.reverie.video.LosslessSegment;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
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
final class DiveRun {

  private final Wish wish;
  private final Recipe recipe;
  private final RunOptions options;
  private final LongAccumulator progress;
  private final ZoomSpec zoom;
  private final DiveMoments moments;
  private final DivePlan plan;
  private final Original original;
  private final Dive dive;
  private final Target target;
  private final Film film;
  private final WorkFolder work;
  private final ZoomWork states;
  private long kept = System.nanoTime();

  DiveRun(
      Wish wish,
      Recipe recipe,
      RunOptions options,
      FrameDreamers dreamers,
      LongAccumulator progress)
      throws IOException {
    PipelineSpec spec = recipe.spec();
    this.wish = wish;
    this.recipe = recipe;
    this.options = options;
    this.progress = progress;
    this.zoom = spec.zoom();
    this.moments = DiveMoments.of(spec, dreamers);
    this.plan = DivePlan.of(zoom.frames(), zoom.loop(), spec.video().chunk());
    this.original = Original.of(wish, spec);
    Size size = original.image().size();
    this.dive = new Dive(original.image(), tone(wish.input(), size), moments);
    this.target = Target.of(wish.output(), spec);
    this.film = film(original, zoom);
    this.work = WorkFolder.of(wish.output(), key(), options);
    this.states = new ZoomWork(work);
  }

  private static Film film(Original original, ZoomSpec zoom) {
    io.reverie.video.Size size = Sizes.ofVideo(original.image().size());
    VideoIndex index =
        VideoIndex.steady(zoom.rate(), zoom.frames(), size, original.still().bitDepth(), false);
    return new Film(Optional.empty(), index, PtsRange.ALL, size);
  }

  private static Optional<Tone> tone(String input, Size size) {
    return Wish.isNoise(input) ? Optional.of(Tone.usual(size)) : Optional.empty();
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
    Optional<Dive.State> standing = states.state(original.image().size());
    standing.ifPresent(dive::resume);
    int done = standing.map(Dive.State::frames).orElse(0);
    progress.add(done);
    return done;
  }

  private void make(Stretch stretch) throws IOException {
    try (PieceFile file =
        new PieceFile(work.file(ZoomWork.stretch(stretch)), part -> writer(part, stretch))) {
      if (stretch.fate() == Fate.FADED) {
        fade(stretch, file);
      } else {
        for (int frame = stretch.from(); frame < stretch.to(); frame++) {
          file.write(frame(next(), frame));
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

  private void fade(Stretch stretch, PieceFile file) throws IOException {
    LoopFade fade = new LoopFade(zoom.loop());
    try (FrameReader begins = aside().reader(work.media(ZoomWork.stretch(plan.begin(stretch))))) {
      for (int frame = stretch.from(); frame < stretch.to(); frame++) {
        int shown = frame - zoom.frames();
        Image begin = Sizes.image(begins.next().orElseThrow());
        file.write(frame(fade.mix(next(), begin, shown), shown));
      }
    }
  }

  private FrameWriter writer(Path part, Stretch stretch) {
    return stretch.fate() == Fate.SET_ASIDE ? aside().writer(part) : target.writer(part, film);
  }

  private LosslessSegment aside() {
    return new LosslessSegment(film.format());
  }

  private static Frame frame(Image image, int number) {
    Size size = image.size();
    return new Frame(size.width(), size.height(), image.rgb(), Optional.empty(), number, false);
  }

  /** What stands beside it comes first: the result says that all is there. */
  private ItemWork.Made publish() throws IOException {
    List<MediaSource> pieces = new ArrayList<>();
    for (Stretch stretch : plan.seen()) {
      pieces.add(work.media(ZoomWork.stretch(stretch)));
    }
    Provenance provenance =
        Provenance.of(
            "zoom",
            recipe,
            original.source(),
            wish.output(),
            Machine.here(options.device().ofTask()));
    AssemblyReport report =
        target.publish(
            film, pieces, provenance.note(), frames -> Sidecar.write(provenance, wish.output()));
    List<String> warnings =
        new ArrayList<>(
            original.losses(
                moments.dreamer(moments.at(0), 0),
                recipe.spec().dreamSize().of(original.image().size())));
    warnings.addAll(report.warnings());
    return new ItemWork.Made(report.frames(), warnings);
  }
}
