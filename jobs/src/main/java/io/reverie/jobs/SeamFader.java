package io.reverie.jobs;

import io.reverie.core.dream.Residual;
import io.reverie.jobs.SharedFrames.Shared;
import io.reverie.jobs.carry.Clock;
import io.reverie.jobs.carry.Clock.Part;
import io.reverie.jobs.carry.CrossFade;
import io.reverie.jobs.carry.FrameNote;
import io.reverie.jobs.carry.Meter;
import io.reverie.jobs.carry.Sizes;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.spec.Recipe;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fades the frames that two segments share from one to the other, and encodes them. */
record SeamFader(Recipe recipe) implements Serializable {

  Piece fade(int item, VideoItem video, Seam seam) {
    try {
      return new Run(item, video, seam).run();
    } catch (IOException | RuntimeException e) {
      return Piece.failed(item, true, seam.before(), e);
    }
  }

  /** One seam's work. */
  private final class Run {

    private final int item;
    private final VideoItem video;
    private final Seam seam;
    private final Clock clock = new Clock();
    private final List<FrameNote> notes = new ArrayList<>();

    Run(int item, VideoItem video, Seam seam) {
      this.item = item;
      this.video = video;
      this.seam = seam;
    }

    Piece run() throws IOException {
      CrossFade fade = fade();
      Path file = video.seamFile(seam.before());
      try (SharedFrames frames = new SharedFrames(video, seam);
          Meter meter = new Meter(Sizes.ofDream(video.dreamSize()), x -> Double.NaN);
          PieceFile out =
              PieceFile.of(
                  file,
                  video.target().newPart(file.getParent()),
                  part -> video.target().writer(part, video))) {
        for (Optional<Shared> f = read(frames); f.isPresent(); f = read(frames)) {
          mix(f.get(), fade, meter, out);
          SegmentDreamer.stopIfKilled();
        }
        out.publish();
        return new Piece(
            item, true, seam.before(), out.frames(), 0, 0, 0, notes, clock.times(), "");
      }
    }

    private Optional<Shared> read(SharedFrames frames) {
      return clock.time(Part.DECODE, frames::next);
    }

    /** A first look at all shared frames. */
    private CrossFade fade() {
      CrossFade.Measuring measuring = new CrossFade.Measuring();
      try (SharedFrames frames = new SharedFrames(video, seam)) {
        for (Optional<Shared> f = read(frames); f.isPresent(); f = read(frames)) {
          if (f.get().early().isPresent() && f.get().late().isPresent()) {
            measuring.add(f.get().early().get(), f.get().late().get());
          }
        }
      }
      return measuring.fade(seam.frames());
    }

    private void mix(Shared shared, CrossFade fade, Meter meter, PieceFile out) {
      long pts = shared.frame().pts();
      int position = video.index().first(pts) - video.index().first(seam.range().from());
      Optional<Residual> mixed =
          shared.early().isPresent() && shared.late().isPresent()
              ? Optional.of(fade.mix(shared.early().get(), shared.late().get(), position))
              : shared.early().or(shared::late);
      if (mixed.isEmpty()) {
        return;
      }
      double strength = recipe.spec().strength();
      notes.add(
          clock.time(
              Part.MEASURE,
              () ->
                  meter.measure(
                      new Meter.Sample(
                          pts,
                          shared.small(),
                          mixed.get().over(shared.small(), strength),
                          mixed.get(),
                          0,
                          false),
                      !shared.frame().corrupt(),
                      Optional.empty())));
      if (seam.range().contains(pts)) {
        clock.time(
            Part.ENCODE, () -> out.write(PieceFiles.shown(shared.frame(), mixed.get(), strength)));
      }
    }
  }
}
