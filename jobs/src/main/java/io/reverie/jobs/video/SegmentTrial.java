package io.reverie.jobs.video;

import io.reverie.jobs.forecast.FrameCost;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TrialResult;
import io.reverie.jobs.stage.ReadAhead;
import io.reverie.jobs.stage.WriteBehind;
import io.reverie.jobs.video.FrameDreamer.Dreamed;
import io.reverie.jobs.video.FrameDreamer.Prepared;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Dreams the first frames of a segment in a Spark task, as the run will, and measures them. The
 * frames go to a temporary file, which is deleted.
 */
record SegmentTrial(RunOptions options) implements Serializable {

  /** Carried frames that are tried, unless they take longer than {@link #LONGEST}. */
  private static final int CARRIED = 16;

  private static final int FEWEST = 3;

  /** Seconds after which a trial has enough carried frames. */
  private static final double LONGEST = 15;

  /** A first frame that took longer, in seconds, is not repeated: its own start hardly counts. */
  private static final double LONG = 4;

  TrialResult<FrameCost> run(PlannedVideo video, int segment) {
    return TrialResult.of(
        () -> SegmentDreamer.need(video.open()),
        () -> {
          VideoItem opened = video.open();
          return measured(opened, opened.plan().segments().get(segment));
        });
  }

  private FrameCost measured(VideoItem video, Segment segment) throws IOException {
    Path frames = temporary();
    Path side = temporary();
    try (FrameReader reader = video.reader(segment.range());
        FrameWriter writer = video.target().writer(frames, video.timeline());
        FrameWriter lossless = video.lossless().writer(side)) {
      return new Measurement(video, reader, writer, lossless).run(frames, side);
    } finally {
      Files.deleteIfExists(frames);
      Files.deleteIfExists(side);
    }
  }

  private static Path temporary() {
    return RunFolder.path().resolve(UUID.randomUUID() + "-trial");
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static MediaException nothing(VideoItem video) {
    return new MediaException(video.input().name() + ": no frame could be decoded");
  }

  /** One trial, from the opened reader to the closed files. */
  private final class Measurement {

    private final VideoItem video;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final FrameWriter lossless;
    private final StageTimer timer = new StageTimer();
    private final long begun = System.nanoTime();
    private double load;
    private double lone;

    Measurement(VideoItem video, FrameReader reader, FrameWriter writer, FrameWriter lossless) {
      this.video = video;
      this.reader = reader;
      this.writer = writer;
      this.lossless = lossless;
    }

    FrameCost run(Path file, Path side) throws IOException {
      Frame first = read().orElseThrow(() -> nothing(video));
      try (FrameDreamer dreamer = open()) {
        load = since(begun);
        long start = System.nanoTime();
        List<Dreamed> dreamed = dreamer.push(dreamer.prepare(first));
        write(dreamed);
        lone = since(start);
        dreamed.forEach(each -> lossless.write(ChunkFiles.unblended(first, each.dream())));
        if (lone > LONG) {
          return carried(dreamer, file, side);
        }
      }
      return warm(first, file, side);
    }

    /** Measures the first frame again, now that this process has dreamed one. */
    private FrameCost warm(Frame first, Path file, Path side) throws IOException {
      try (FrameDreamer dreamer = open()) {
        double cold = lone;
        long start = System.nanoTime();
        dreamer.push(dreamer.prepare(first));
        lone = since(start) + timer.take().of(Stage.ENCODE);
        load += Math.max(0, cold - lone);
        return carried(dreamer, file, side);
      }
    }

    private FrameCost carried(FrameDreamer dreamer, Path file, Path side) throws IOException {
      timer.take();
      long start = System.nanoTime();
      int frames = 0;
      try (ReadAhead<Prepared> ahead =
              new ReadAhead<>(() -> read().map(dreamer::prepare), DreamMemory.QUEUE);
          WriteBehind encoder = new WriteBehind(DreamMemory.QUEUE)) {
        Optional<Prepared> next = ahead.next();
        while (next.isPresent() && isWanted(frames, start)) {
          List<Dreamed> dreamed = dreamer.push(next.get());
          encoder.add(() -> write(dreamed));
          frames++;
          next = ahead.next();
        }
        List<Dreamed> rest = dreamer.finish();
        encoder.add(() -> write(rest));
        encoder.add(() -> timer.time(Stage.ENCODE, writer::finish));
        encoder.finish();
      }
      lossless.finish();
      double carried = frames == 0 ? lone : since(start) / frames;
      return cost(frames, carried, timer.take(), file, side);
    }

    private boolean isWanted(int frames, long start) {
      return frames < CARRIED && (frames < FEWEST || since(start) < LONGEST);
    }

    private FrameCost cost(int frames, double carried, Times times, Path file, Path side)
        throws IOException {
      double decode = times.of(Stage.DECODE) / Math.max(1, frames + 1);
      double encode = times.of(Stage.ENCODE) / Math.max(1, frames);
      double measure = (times.of(Stage.FLOW) + times.of(Stage.MEASURE)) / Math.max(1, frames);
      return new FrameCost(
          load,
          lone,
          carried,
          2 * decode + measure + encode,
          decode,
          (double) Files.size(file) / (frames + 1),
          Files.size(side));
    }

    private FrameDreamer open() throws IOException {
      return new FrameDreamer(video, options.device().ofTask(), timer);
    }

    private Optional<Frame> read() {
      return timer.time(Stage.DECODE, reader::next);
    }

    private void write(List<Dreamed> frames) {
      for (Dreamed each : frames) {
        timer.time(
            Stage.ENCODE,
            () -> writer.write(each.viewed().with(each.dream().residual(), each.strength())));
      }
    }
  }
}
