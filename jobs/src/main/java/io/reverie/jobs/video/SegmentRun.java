package io.reverie.jobs.video;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.jobs.kept.KeptChunk;
import io.reverie.jobs.kept.KeptDream;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.operation.WorkMeter;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.stage.CloseList;
import io.reverie.jobs.stage.ReadAhead;
import io.reverie.jobs.stage.WriteBehind;
import io.reverie.jobs.video.FrameDreamer.Dreamed;
import io.reverie.jobs.video.FrameDreamer.Prepared;
import io.reverie.jobs.video.record.FrameCounts;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.jobs.video.work.Checkpoint;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.temporal.carry.ShotState;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The work of one task on one segment, chunk by chunk, starting after the last checkpoint.
 *
 * <p>Three threads share it: one decodes frames and computes their motion, the task's own dreams
 * them, and one encodes and publishes what is complete, records it and saves checkpoints.
 */
final class SegmentRun {

  private final VideoItem video;
  private final Segment segment;
  private final RunOptions options;
  private final FrameCounter progress;
  private final Snapshots snapshots;
  private final boolean replay;
  private final CheckpointPace pace;
  private final StageTimer timer = new StageTimer();
  private SegmentResult soFar;
  private long lastFrame = System.nanoTime();
  private Optional<Prepared> lookahead = Optional.empty();
  private int counted;

  /**
   * @param replay whether to show the kept dream instead of dreaming
   */
  SegmentRun(
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
    this.pace = new CheckpointPace(options.checkpointSeconds(), System.nanoTime());
    this.soFar = SegmentResult.begun(segment.number());
  }

  /**
   * Makes what is missing of the segment.
   *
   * @throws io.reverie.jobs.kept.DamagedDreamException if the kept dream cannot be shown
   */
  SegmentResult run() throws IOException {
    Optional<Checkpoint> checkpoint = checkpoint();
    int first = checkpoint.map(Checkpoint::chunks).orElse(0);
    try (FrameDreamer dreamer =
        new FrameDreamer(video, options.device().ofTask(), options.batch(), timer)) {
      checkpoint.ifPresent(saved -> resume(saved, dreamer));
      progress.add(segment.chunks().stream().limit(first).mapToInt(Chunk::frames).sum());
      make(segment.chunks().subList(first, segment.chunks().size()), dreamer);
    }
    int missing = segment.counted() - soFar.counts().seen();
    soFar =
        soFar.plus(
            List.of(),
            List.of(),
            List.of(),
            new FrameCounts(0, 0, missing, 0, 0, 0, 0),
            List.of(),
            timer.take());
    if (isKeeping()) {
      video.kept().finish(segment.number(), segment.chunks().size());
    }
    video.work().finish(soFar);
    return soFar;
  }

  /** Returns where to resume; a kept dream must have all pieces before. */
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
    soFar = checkpoint.soFar();
    dreamer.resume(checkpoint.state());
  }

  private void make(List<Chunk> chunks, FrameDreamer dreamer) throws IOException {
    if (chunks.isEmpty()) {
      return;
    }
    PtsRange rest = new PtsRange(chunks.get(0).range().from(), segment.range().to());
    Function<Frame, Prepared> prepare = replay ? dreamer::view : dreamer::prepare;
    try (CloseList unpublished = new CloseList();
        FrameReader reader = video.reader(rest);
        ReadAhead<Prepared> frames =
            new ReadAhead<>(() -> read(reader).map(prepare), DreamMemory.QUEUE);
        WriteBehind writer = new WriteBehind(DreamMemory.QUEUE)) {
      lookahead = frames.next();
      for (Chunk chunk : chunks) {
        ChunkOutput output = unpublished.add(output(chunk));
        while (lookahead.isPresent() && chunk.range().contains(lookahead.get().pts())) {
          write(dreamed(lookahead.get(), dreamer, output), output, writer);
          lookahead = frames.next();
          Attempts.stopIfKilled();
        }
        write(dreamer.finish(), output, writer);
        Optional<ShotState> state = checkpointState(chunk, dreamer);
        writer.add(() -> complete(chunk, output, state));
      }
      writer.finish();
    }
  }

  private ChunkOutput output(Chunk chunk) throws IOException {
    KeptDream kept = video.kept();
    Size size = FrameImages.ofDream(video.dreamSize());
    KeptChunk dreams = KeptChunk.NONE;
    if (replay) {
      dreams = KeptChunk.reading(kept.reader(segment.number(), chunk.number(), size));
    } else if (isKeeping()) {
      dreams = KeptChunk.writing(kept.writer(segment.number(), chunk.number()));
    }
    return new ChunkOutput(segment, new ChunkFiles(video, segment, chunk), dreams);
  }

  private List<Dreamed> dreamed(Prepared next, FrameDreamer dreamer, ChunkOutput output) {
    return replay
        ? List.of(dreamer.replay(next, source -> output.kept(next.pts(), source)))
        : dreamer.push(next);
  }

  /** Returns what to save after a chunk, if it is time and not the last. */
  private Optional<ShotState> checkpointState(Chunk chunk, FrameDreamer dreamer) {
    boolean last = chunk.number() + 1 == segment.chunks().size();
    return replay || last || !pace.isDue(System.nanoTime())
        ? Optional.empty()
        : Optional.of(dreamer.state());
  }

  private void write(List<Dreamed> frames, ChunkOutput output, WriteBehind writer)
      throws IOException {
    for (Dreamed frame : frames) {
      writer.add(
          () -> {
            timer.time(Stage.ENCODE, () -> output.write(frame));
            WorkMeter.ofThisProcess().addFrame(replay ? 0 : frame.dream().steps());
            picture(frame);
            count(frame.measures().alone());
          });
    }
  }

  /** Publishes a chunk and saves the checkpoint after it. */
  private void complete(Chunk chunk, ChunkOutput output, Optional<ShotState> state)
      throws IOException {
    long begun = System.nanoTime();
    timer.time(Stage.ENCODE, () -> publish(output));
    double publishing = (System.nanoTime() - begun) / 1e9;
    output.close();
    Times times = timer.take();
    WorkMeter.ofThisProcess().add(times, publishing);
    soFar = output.after(soFar, times);
    if (state.isPresent()) {
      long start = System.nanoTime();
      video.work().save(segment.number(), new Checkpoint(chunk.number() + 1, soFar, state.get()));
      pace.wrote((System.nanoTime() - start) / 1e9);
    }
  }

  private static void publish(ChunkOutput output) {
    try {
      output.publish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private void picture(Dreamed next) {
    Frame shown = next.viewed().shown();
    String output = video.output().text();
    if (snapshots.isDue(output, shown.pts())) {
      Image dream = next.dream().residual().addTo(FrameImages.image(shown), next.strength());
      double seconds = video.position(shown.pts()).seconds();
      snapshots.take(output, shown.pts(), seconds, shown, FrameImages.frame(dream, shown.pts()));
    }
  }

  private Optional<Frame> read(FrameReader reader) {
    return timer.time(Stage.DECODE, reader::next);
  }
}
