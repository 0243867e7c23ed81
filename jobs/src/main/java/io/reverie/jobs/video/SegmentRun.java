package io.reverie.jobs.video;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.jobs.kept.KeptChunk;
import io.reverie.jobs.kept.KeptDream;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.RunOptions;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The work of one task on one segment, chunk by chunk, starting after the last checkpoint. */
final class SegmentRun {

  private final VideoItem video;
  private final Segment segment;
  private final RunOptions options;
  private final FrameCounter progress;
  private final Snapshots snapshots;
  private final boolean replay;
  private final StageTimer timer = new StageTimer();
  private final List<FrameMeasures> measures = new ArrayList<>();
  private SegmentResult soFar;
  private long lastCheckpoint = System.nanoTime();
  private long lastFrame = System.nanoTime();
  private Optional<Frame> lookahead = Optional.empty();
  private int counted;

  /**
   * @param replay whether to show the kept dream instead of dreaming
   */
  SegmentRun(
      int item,
      VideoItem video,
      Segment segment,
      RunOptions options,
      FrameCounter progress,
      Snapshots snapshots,
      boolean replay) {
    this.video = video;
    this.segment = segment;
    this.options = options;
    this.progress = progress;
    this.snapshots = snapshots;
    this.replay = replay;
    this.soFar = SegmentResult.failed(item, false, segment.number(), "");
  }

  /**
   * Makes what is missing of the segment.
   *
   * @throws io.reverie.jobs.kept.DamagedDreamException if the kept dream cannot be shown
   */
  SegmentResult run() throws IOException {
    Optional<Checkpoint> checkpoint = checkpoint();
    int first = checkpoint.map(Checkpoint::chunks).orElse(0);
    try (FrameDreamer dreamer = new FrameDreamer(video, options.device().ofTask(), timer)) {
      checkpoint.ifPresent(saved -> resume(saved, dreamer));
      progress.add(segment.chunks().stream().limit(first).mapToInt(Chunk::frames).sum());
      dream(segment.chunks().subList(first, segment.chunks().size()), dreamer);
    }
    int missing = segment.counted() - soFar.counts().seen();
    soFar = plus(List.of(), List.of(), new FrameCounts(0, 0, missing, 0, 0, 0, 0));
    if (isKeeping()) {
      video.kept().finish(segment.number(), segment.chunks().size());
    }
    video.work().finish(soFar);
    return soFar;
  }

  /** Where to resume; a kept dream must have all pieces before. */
  private Optional<Checkpoint> checkpoint() throws IOException {
    if (replay) {
      return Optional.empty();
    }
    Size size = FrameImages.ofDream(video.dreamSize());
    Optional<Checkpoint> checkpoint =
        video
            .work()
            .checkpoint(segment.number(), size)
            .filter(saved -> saved.chunks() <= segment.chunks().size());
    boolean whole =
        checkpoint.isEmpty()
            || !isKeeping()
            || video.kept().hasPieces(segment.number(), checkpoint.get().chunks());
    return whole ? checkpoint : Optional.empty();
  }

  private boolean isKeeping() {
    return video.kept().active() && !replay;
  }

  /** Frames that this run has reported as finished. */
  int counted() {
    return counted;
  }

  private void resume(Checkpoint checkpoint, FrameDreamer dreamer) {
    soFar = checkpoint.soFar().withItem(soFar.item());
    dreamer.resume(checkpoint.state());
  }

  private void dream(List<Chunk> chunks, FrameDreamer dreamer) throws IOException {
    if (chunks.isEmpty()) {
      return;
    }
    PtsRange rest = new PtsRange(chunks.get(0).range().from(), segment.range().to());
    try (FrameReader reader = video.reader(rest)) {
      lookahead = read(reader);
      for (Chunk chunk : chunks) {
        dreamChunk(chunk, dreamer, reader);
        if (!replay && chunk.number() + 1 < segment.chunks().size() && isCheckpointDue()) {
          lastCheckpoint = System.nanoTime();
          video
              .work()
              .save(segment.number(), new Checkpoint(chunk.number() + 1, soFar, dreamer.state()));
        }
      }
    }
  }

  private boolean isCheckpointDue() {
    return (System.nanoTime() - lastCheckpoint) / 1e9 >= options.checkpointSeconds();
  }

  private void dreamChunk(Chunk chunk, FrameDreamer dreamer, FrameReader reader)
      throws IOException {
    KeptDream kept = video.kept();
    Size size = FrameImages.ofDream(video.dreamSize());
    try (ChunkFiles files = new ChunkFiles(video, segment, chunk);
        KeptChunk dreams =
            replay
                ? KeptChunk.reading(kept.reader(segment.number(), chunk.number(), size))
                : isKeeping()
                    ? KeptChunk.writing(kept.writer(segment.number(), chunk.number()))
                    : KeptChunk.NONE) {
      FrameCounts counts = FrameCounts.NONE;
      while (lookahead.isPresent() && chunk.range().contains(lookahead.get().pts())) {
        counts = counts.plus(write(dreamed(lookahead.get(), dreamer, dreams), files, dreams));
        lookahead = read(reader);
        Attempts.stopIfKilled();
      }
      counts = counts.plus(write(dreamer.finish(), files, dreams));
      timer.time(Stage.ENCODE, () -> publish(files, dreams));
      soFar = plus(files.bodies(), files.sides(), counts.plus(FrameCounts.written(files.frames())));
    }
  }

  /** Returns the frames that are complete with this one. */
  private List<FrameDreamer.Dreamed> dreamed(Frame frame, FrameDreamer dreamer, KeptChunk dreams) {
    DisplayFrame viewed = timer.time(Stage.DECODE, () -> video.view(frame));
    return replay
        ? List.of(dreamer.replay(viewed, source -> dreams.read(frame.pts(), source)))
        : dreamer.push(viewed);
  }

  private FrameCounts write(List<FrameDreamer.Dreamed> frames, ChunkFiles files, KeptChunk dreams) {
    FrameCounts counts = FrameCounts.NONE;
    for (FrameDreamer.Dreamed each : frames) {
      timer.time(Stage.ENCODE, () -> files.write(each.viewed(), each.dream(), each.strength()));
      timer.time(Stage.ENCODE, () -> dreams.write(each.dreamed()));
      measures.add(each.measures());
      picture(each);
      count(each.measures().alone());
      counts = counts.plus(counts(each.viewed().source(), each.dream()));
    }
    return counts;
  }

  private FrameCounts counts(Frame frame, Dream dream) {
    boolean counts = segment.counts(frame.pts());
    return new FrameCounts(
        0,
        counts ? 1 : 0,
        counts && frame.corrupt() ? 1 : 0,
        counts && frame.origin().resized() ? 1 : 0,
        counts && frame.origin().hdr10Plus() ? 1 : 0,
        dream.steps(),
        dream.zeroSteps());
  }

  /** Counts a frame with the time since the one before, its decoding included. */
  private void count(boolean alone) {
    long now = System.nanoTime();
    double seconds = (now - lastFrame) / 1e9;
    lastFrame = now;
    counted++;
    if (alone) {
      progress.addLone(1, seconds);
    } else {
      progress.addCarried(1, seconds);
    }
  }

  private void picture(FrameDreamer.Dreamed next) {
    Frame shown = next.viewed().shown();
    String output = video.output().text();
    if (snapshots.isDue(output, shown.pts())) {
      Image dream = next.dream().residual().addTo(FrameImages.image(shown), next.strength());
      double seconds = video.position(shown.pts()).seconds();
      snapshots.take(output, shown.pts(), seconds, shown, FrameImages.frame(dream, shown.pts()));
    }
  }

  /** The dream first: a finished chunk of the result has its piece. */
  private static void publish(ChunkFiles files, KeptChunk dreams) {
    try {
      dreams.finish();
      files.publish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The result so far plus one chunk. */
  private SegmentResult plus(List<String> files, List<String> sides, FrameCounts more) {
    SegmentResult result =
        new SegmentResult(
            soFar.item(),
            false,
            segment.number(),
            joined(soFar.files(), files),
            joined(soFar.sides(), sides),
            soFar.counts().plus(more),
            joined(soFar.measures(), measures),
            soFar.times().plus(timer.take()),
            "");
    measures.clear();
    return result;
  }

  private static <T> List<T> joined(List<T> a, List<T> b) {
    List<T> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private Optional<Frame> read(FrameReader reader) {
    return timer.time(Stage.DECODE, reader::next);
  }
}
