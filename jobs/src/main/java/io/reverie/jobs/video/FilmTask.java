package io.reverie.jobs.video;

import io.reverie.jobs.listing.NumberedFiles;
import io.reverie.jobs.plan.Shot;
import io.reverie.jobs.report.ComparisonEncoder;
import io.reverie.jobs.report.Film;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.Snapshot;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.video.input.InputVideo;
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
 * @param moments presentation times of the source's frames to take pictures of
 * @param side longest side of a picture
 */
record FilmTask(VideoItem item, List<Long> moments, int side) implements Serializable {

  /** Excerpts of a video that is too long to be shown as a whole. */
  private static final int PARTS = 4;

  private static final Rational USUAL_RATE = new Rational(25, 1);

  FilmTask {
    moments = List.copyOf(moments);
  }

  /**
   * What was made; what could not be made is left out, since the result is there.
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
    List<Film> film = new ArrayList<>();
    try {
      VideoSource result = result();
      Pair pair = new Pair(result, result.index());
      film(pair).ifPresent(film::add);
      for (long pts : moments) {
        picture(pair, pts).ifPresent(pictures::add);
      }
      return new Made(item.output().text(), film, pictures, "");
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new Made(item.output().text(), film, pictures, Failure.of(e));
    }
  }

  private VideoSource result() throws IOException {
    boolean numbered = FramePattern.isPattern(item.output().name());
    return new InputVideo(
            item.output().text(),
            numbered
                ? NumberedFiles.of(item.output())
                : List.of(Storage.of(item.output()).find(item.output()).orElseThrow()),
            !numbered,
            rate())
        .source();
  }

  private Rational rate() {
    return item.index().rate().num() > 0 ? item.index().rate() : USUAL_RATE;
  }

  /** The result, and how its frames are found by those of the source. */
  private final class Pair {

    private final VideoSource result;
    private final VideoIndex index;

    Pair(VideoSource result, VideoIndex index) {
      this.result = result;
      this.index = index;
    }

    /** Opens frames of the source at a size. */
    FrameReader source(int from, int frames, Size size) {
      PtsRange range = item.index().range(from, Math.min(item.index().count(), from + frames));
      return DisplayView.of(item.index().colour())
          .reader(item.input().source().open(item.index(), range, Optional.of(size)));
    }

    /** Opens the frames of the result that show so many frames of the source. */
    FrameReader dream(int from, int frames, Size size) {
      long[] times = item.index().times();
      double seconds = (times[from] - times[first()]) * item.index().timeBase().toDouble();
      int position = Math.min(index.count() - 1, index.first(index.at(seconds)));
      PtsRange range = index.range(position, Math.min(index.count(), position + frames));
      return DisplayView.of(index.colour()).reader(result.open(index, range, Optional.of(size)));
    }
  }

  private int first() {
    return item.index().first(item.range().from());
  }

  private Optional<Film> film(Pair pair) throws IOException {
    boolean whole = item.frames() <= ComparisonEncoder.MAX_FRAMES;
    try (ComparisonEncoder film = new ComparisonEncoder(rate(), item.size())) {
      for (int from : whole ? List.of(first()) : parts()) {
        int frames = whole ? item.frames() : ComparisonEncoder.MAX_FRAMES / PARTS;
        add(pair.source(from, frames, film.half()), pair.dream(from, frames, film.half()), film);
      }
      return film.film(whole);
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
    List<Shot> shots = item.plan().shots();
    if (shots.size() < PARTS) {
      return IntStream.range(0, PARTS)
          .mapToObj(i -> first() + (int) ((long) i * (item.frames() - length) / (PARTS - 1)))
          .toList();
    }
    return shots.stream()
        .sorted(Comparator.comparingInt(Shot::frames).reversed())
        .limit(PARTS)
        .sorted(Comparator.comparingInt(Shot::number))
        .map(
            shot ->
                item.index().first(shot.range().from()) + Math.max(0, shot.frames() - length) / 2)
        .toList();
  }

  private Optional<Snapshot> picture(Pair pair, long pts) {
    int position = item.index().first(pts);
    try (FrameReader source = pair.source(position, 1, item.size());
        FrameReader dream = pair.dream(position, 1, item.size())) {
      Optional<Frame> before = source.next();
      Optional<Frame> after = dream.next();
      return before.isEmpty() || after.isEmpty()
          ? Optional.empty()
          : Optional.of(
              Snapshots.picture(
                  item.output().text(),
                  pts,
                  item.position(pts).seconds(),
                  before.get(),
                  after.get(),
                  side));
    }
  }
}
