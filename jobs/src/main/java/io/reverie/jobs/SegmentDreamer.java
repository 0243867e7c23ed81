package io.reverie.jobs;

import io.reverie.core.Size;
import io.reverie.core.dream.Mask;
import io.reverie.jobs.carry.Clock;
import io.reverie.jobs.carry.Clock.Part;
import io.reverie.jobs.carry.FrameNote;
import io.reverie.jobs.carry.Moment;
import io.reverie.jobs.carry.ShotDreamer;
import io.reverie.jobs.carry.Sizes;
import io.reverie.jobs.memory.DreamNeed;
import io.reverie.jobs.memory.Room;
import io.reverie.jobs.network.FrameDreamers;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.region.Region;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.ScheduledSpec;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import io.reverie.video.memory.Need;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.util.LongAccumulator;

/**
 * Dreams one segment on an executor: decode, dream, encode, publish, chunk by chunk. What an
 * earlier run or attempt has finished is not done again; the dream goes on behind it from a state
 * that was kept, so that the frames are those of a run that nothing happened to.
 */
record SegmentDreamer(Recipe recipe, RunOptions options, LongAccumulator progress)
    implements Serializable {

  Piece dream(int item, VideoItem video, Segment segment) {
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return Piece.failed(item, false, segment.number(), fatal.get());
    }
    try {
      Optional<Piece> finished = video.work().finished(item, false, segment.number());
      if (finished.isPresent()) {
        progress.add(segment.frames());
        return finished.get();
      }
      return Room.here().during(need(video), () -> new Run(item, video, segment).run());
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return Piece.failed(item, false, segment.number(), Failure.of(e));
    }
  }

  private Need need(VideoItem video) {
    return new DreamNeed(
            Sizes.ofDream(video.size()), Sizes.ofDream(video.dreamSize()), recipe.spec())
        .frame();
  }

  /** One segment's work. */
  private final class Run {

    private final VideoItem video;
    private final Segment segment;
    private final Size size;
    private final ScheduledSpec spec;
    private final Clock clock = new Clock();
    private final List<FrameNote> notes = new ArrayList<>();
    private Piece soFar;
    private long kept = System.nanoTime();
    private Optional<Frame> ahead = Optional.empty();

    Run(int item, VideoItem video, Segment segment) {
      this.video = video;
      this.segment = segment;
      this.size = Sizes.ofDream(video.dreamSize());
      this.spec = video.scheduled(recipe.spec());
      this.soFar = Piece.failed(item, false, segment.number(), "");
    }

    Piece run() throws IOException {
      VideoSpec always = recipe.spec().video();
      Optional<Checkpoint> standing =
          video
              .work()
              .checkpoint(segment.number(), size)
              .filter(checkpoint -> checkpoint.chunks() <= segment.chunks().size());
      try (FrameDreamers dreamers = new FrameDreamers(recipe, options.device().ofTask());
          Region region = Region.of(recipe.spec().mask(), size, video.sourceFrames(always.flow()));
          ShotDreamer shot = new ShotDreamer(pts -> moment(dreamers, pts), always, size, clock)) {
        standing.ifPresent(
            checkpoint -> {
              soFar = checkpoint.soFar().of(soFar.item());
              shot.resume(checkpoint.state());
            });
        int first = standing.map(Checkpoint::chunks).orElse(0);
        progress.add(segment.chunks().stream().limit(first).mapToInt(Chunk::frames).sum());
        dream(segment.chunks().subList(first, segment.chunks().size()), shot, region);
      }
      int missing = segment.counted() - soFar.tally().seen();
      soFar = plus(List.of(), List.of(), new Tally(0, 0, missing, 0, 0));
      video.work().finish(soFar);
      return soFar;
    }

    private Moment moment(FrameDreamers dreamers, long pts) {
      PipelineSpec now = spec.at(pts);
      return new Moment(dreamers.of(now, video.when(pts)), now.video(), now.camera().move());
    }

    private void dream(List<Chunk> chunks, ShotDreamer shot, Region region) throws IOException {
      if (chunks.isEmpty()) {
        return;
      }
      PtsRange left = new PtsRange(chunks.get(0).range().from(), segment.range().to());
      try (FrameReader reader = video.reader(left)) {
        ahead = read(reader);
        for (Chunk chunk : chunks) {
          dream(chunk, shot, region, reader);
          if (chunk.number() + 1 < segment.chunks().size() && isDue()) {
            kept = System.nanoTime();
            video
                .work()
                .keep(segment.number(), new Checkpoint(chunk.number() + 1, soFar, shot.state()));
          }
        }
      }
    }

    private boolean isDue() {
      return (System.nanoTime() - kept) / 1e9 >= options.checkpointSeconds();
    }

    private void dream(Chunk chunk, ShotDreamer shot, Region region, FrameReader reader)
        throws IOException {
      try (ChunkFiles files = new ChunkFiles(video, segment, chunk)) {
        Tally tally = Tally.NONE;
        while (ahead.isPresent() && chunk.range().contains(ahead.get().pts())) {
          tally = tally.plus(dream(ahead.get(), shot, region, files));
          ahead = read(reader);
          Attempts.stopIfKilled();
        }
        clock.time(Part.ENCODE, () -> publish(files));
        soFar = plus(files.bodies(), files.sides(), tally.plus(written(files)));
      }
    }

    private static void publish(ChunkFiles files) {
      try {
        files.publish();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Tally written(ChunkFiles files) {
      return new Tally(files.frames(), 0, 0, 0, 0);
    }

    /** What there was before and a chunk more. */
    private Piece plus(List<String> files, List<String> sides, Tally tally) {
      Piece piece =
          new Piece(
              soFar.item(),
              false,
              segment.number(),
              joined(soFar.files(), files),
              joined(soFar.sides(), sides),
              soFar.tally().plus(tally),
              joined(soFar.notes(), notes),
              soFar.times().plus(clock.take()),
              "");
      notes.clear();
      return piece;
    }

    private static <T> List<T> joined(List<T> a, List<T> b) {
      List<T> all = new ArrayList<>(a);
      all.addAll(b);
      return all;
    }

    private Optional<Frame> read(FrameReader reader) {
      return clock.time(Part.DECODE, reader::next);
    }

    private Tally dream(Frame frame, ShotDreamer shot, Region region, ChunkFiles files) {
      boolean flash = video.shots().flashes().contains(frame.pts());
      PipelineSpec now = spec.at(frame.pts());
      Mask mask =
          clock.time(Part.FLOW, () -> region.of(frame, video.when(frame.pts()), now.mask()));
      ShotDreamer.Dreamed dreamed = shot.next(frame, flash, mask);
      clock.time(Part.ENCODE, () -> files.write(frame, dreamed.dream(), now.strength()));
      notes.add(dreamed.note());
      progress.add(1);
      boolean counts = segment.counts(frame.pts());
      return new Tally(
          0,
          counts ? 1 : 0,
          counts && frame.corrupt() ? 1 : 0,
          dreamed.dream().steps(),
          dreamed.dream().zeroSteps());
    }
  }
}
