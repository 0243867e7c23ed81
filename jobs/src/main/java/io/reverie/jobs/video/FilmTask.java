package io.reverie.jobs.video;

import io.reverie.jobs.listing.NumberedFiles;
import io.reverie.jobs.report.ComparisonEncoder;
import io.reverie.jobs.report.Film;
import io.reverie.jobs.report.FilmPlan;
import io.reverie.jobs.report.FilmPlan.FilmShot;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.Snapshot;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.video.index.ReadVideo;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoContents;
import io.reverie.video.Frame;
import io.reverie.video.FramePattern;
import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoSource;
import io.reverie.video.hdr.DisplayView;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes what a report shows of a finished video, from its source and its result.
 *
 * @param film its shots
 * @param moments presentation times of the source's frames to take pictures of
 * @param side longest side of a picture
 */
record FilmTask(PlannedVideo video, FilmPlan film, List<Long> moments, int side)
    implements Serializable {

  /** Excerpts of a video that is too long to be shown as a whole. */
  private static final int PARTS = 4;

  private static final Rational USUAL_RATE = new Rational(25, 1);

  FilmTask {
    moments = List.copyOf(moments);
  }

  /**
   * The pictures of a film. Those that could not be made are left out: the result itself is
   * complete.
   *
   * @param why it is incomplete; usually empty
   */
  record Made(String output, List<Film> film, List<Snapshot> pictures, String why)
      implements Serializable {

    void tell(LiveReport report) {
      film.forEach(shown -> report.film(output, shown));
      pictures.forEach(report::add);
    }
  }

  Made run() {
    List<Snapshot> pictures = new ArrayList<>();
    List<Film> made = new ArrayList<>();
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return new Made(video.output().text(), made, pictures, fatal.get());
    }
    try {
      ReadVideo read = VideoContents.read(video);
      VideoSource result = result(rate(read.index()));
      Pair pair = new Pair(read, result, result.index());
      pair.film().ifPresent(made::add);
      for (long pts : moments) {
        pair.picture(pts).ifPresent(pictures::add);
      }
      return new Made(video.output().text(), made, pictures, "");
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new Made(video.output().text(), made, pictures, Failure.of(e));
    }
  }

  private VideoSource result(Rational rate) throws IOException {
    Location output = video.output();
    boolean numbered = FramePattern.isPattern(output.name());
    return new InputVideo(
            output.text(),
            numbered
                ? NumberedFiles.of(output)
                : List.of(Storage.of(output).find(output).orElseThrow()),
            !numbered,
            rate)
        .source();
  }

  private static Rational rate(VideoIndex index) {
    return index.rate().num() > 0 ? index.rate() : USUAL_RATE;
  }

  /** The source and its result, and how the frames of both are found. */
  private final class Pair {

    private final ReadVideo read;
    private final VideoIndex shown;
    private final VideoSource result;
    private final VideoIndex index;

    Pair(ReadVideo read, VideoSource result, VideoIndex index) {
      this.read = read;
      this.shown = read.index();
      this.result = result;
      this.index = index;
    }

    /** Opens frames of the source at a size. */
    FrameReader source(int from, int frames, Size size) {
      PtsRange range = shown.range(from, Math.min(shown.count(), from + frames));
      return DisplayView.of(shown.colour())
          .reader(read.input().source().open(shown, range, Optional.of(size)));
    }

    /** Opens the frames of the result that show so many frames of the source. */
    FrameReader dream(int from, int frames, Size size) {
      long[] times = shown.times();
      double seconds = (times[from] - times[first()]) * shown.timeBase().toDouble();
      int position = Math.min(index.count() - 1, index.first(index.at(seconds)));
      PtsRange range = index.range(position, Math.min(index.count(), position + frames));
      return DisplayView.of(index.colour()).reader(result.open(index, range, Optional.of(size)));
    }

    private int first() {
      return shown.first(read.range().from());
    }

    Optional<Film> film() throws IOException {
      boolean whole = film.frames() <= ComparisonEncoder.MAX_FRAMES;
      try (ComparisonEncoder encoder = new ComparisonEncoder(rate(shown), index.size())) {
        for (int from : whole ? List.of(0) : parts()) {
          int frames = whole ? film.frames() : ComparisonEncoder.MAX_FRAMES / PARTS;
          add(
              source(first() + from, frames, encoder.half()),
              dream(first() + from, frames, encoder.half()),
              encoder);
        }
        return encoder.film(whole);
      }
    }

    private Optional<Snapshot> picture(long pts) {
      int position = shown.first(pts);
      double seconds = (pts - shown.times()[0]) * shown.timeBase().toDouble();
      try (FrameReader source = source(position, 1, index.size());
          FrameReader dream = dream(position, 1, index.size())) {
        Optional<Frame> before = source.next();
        Optional<Frame> after = dream.next();
        return before.isEmpty() || after.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Snapshots.picture(
                    video.output().text(), pts, seconds, before.get(), after.get(), side));
      }
    }
  }

  private static void add(FrameReader source, FrameReader dream, ComparisonEncoder film) {
    try (source;
        dream) {
      Optional<Frame> before = source.next();
      Optional<Frame> after = dream.next();
      while (before.isPresent() && after.isPresent()) {
        film.add(before.get(), after.get());
        before = source.next();
        after = dream.next();
      }
    }
  }

  /** First frames of excerpts from the longest shots, or of one shot at even distances. */
  private List<Integer> parts() {
    int length = ComparisonEncoder.MAX_FRAMES / PARTS;
    List<FilmShot> shots = film.shots();
    if (shots.size() < PARTS) {
      return IntStream.range(0, PARTS)
          .mapToObj(i -> (int) ((long) i * (film.frames() - length) / (PARTS - 1)))
          .toList();
    }
    return shots.stream()
        .sorted(Comparator.comparingInt(FilmShot::frames).reversed())
        .limit(PARTS)
        .sorted(Comparator.comparingInt(FilmShot::number))
        .map(shot -> shot.first() + Math.max(0, shot.frames() - length) / 2)
        .toList();
  }
}
