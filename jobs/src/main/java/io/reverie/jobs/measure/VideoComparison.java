package io.reverie.jobs.measure;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.temporal.measure.FrameMeter.Sample;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoSource;
import io.reverie.video.hdr.DisplayView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures any dream of a video, even one made by another program. Frames are paired by time since
 * the first frame of each video; the source is scaled to the dream's size.
 *
 * @param start of the dream, in seconds after the source's first frame
 * @param protocol what to measure besides
 */
public record VideoComparison(
    VideoSource source, VideoSource dream, double start, Protocol protocol) {

  /**
   * The measured pairs.
   *
   * @param measures in order of time
   * @param unpaired number of frames of the dream without a frame in the source
   * @param lai set for {@link Protocol#LAI}
   */
  public record Compared(ShotMeasures measures, long unpaired, Optional<LaiWarpingErrors> lai) {
    public Compared {
      if (unpaired < 0) {
        throw new IllegalArgumentException("%d frames cannot be unpaired".formatted(unpaired));
      }
    }
  }

  /** Reads both videos to the end of the dream. */
  public Compared run() {
    VideoIndex from = source.index();
    VideoIndex to = dream.index();
    List<FrameMeasures> measures = new ArrayList<>();
    long unpaired = 0;
    Optional<Frame> last = Optional.empty();
    try (FrameReader dreamFrames = shown(dream.open(to, PtsRange.ALL, Optional.empty()), to);
        FrameReader sourceFrames =
            shown(source.open(from, range(from), Optional.of(to.size())), from);
        FrameMeter meter = new FrameMeter(FrameImages.ofDream(to.size()));
        LaiMeter lai = new LaiMeter()) {
      Nearest nearest = new Nearest(sourceFrames, from);
      for (Optional<Frame> f = dreamFrames.next(); f.isPresent(); f = dreamFrames.next()) {
        double time = start + seconds(f.get(), to);
        Optional<Frame> pair = nearest.to(time).filter(p -> isNear(p, from, time));
        if (pair.isEmpty()) {
          unpaired++;
        } else {
          boolean follows = last.isPresent() && last.get().pts() != pair.get().pts();
          Sample sample = sample(pair.get(), f.get());
          measures.add(meter.measure(sample, follows, Optional.empty()));
          if (protocol == Protocol.LAI) {
            lai.add(sample.source(), sample.shown(), follows);
          }
          last = pair;
        }
      }
      Optional<LaiWarpingErrors> errors =
          protocol == Protocol.LAI ? Optional.of(lai.errors()) : Optional.empty();
      return new Compared(new ShotMeasures(measures), unpaired, errors);
    }
  }

  /** HDR is measured as the network sees it, like the measures of a job. */
  private static FrameReader shown(FrameReader frames, VideoIndex index) {
    return DisplayView.of(index.colour()).reader(frames);
  }

  private PtsRange range(VideoIndex index) {
    return new PtsRange(
        start > 0 ? index.at(Math.max(0, start - 1)) : Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static double seconds(Frame frame, VideoIndex index) {
    return (frame.pts() - index.times()[0]) * index.timeBase().toDouble();
  }

  /** Allows half a frame, and a millisecond for containers that store times in milliseconds. */
  private static boolean isNear(Frame frame, VideoIndex index, double time) {
    double interval = index.seconds() / Math.max(1, index.count() - 1);
    return Math.abs(seconds(frame, index) - time) <= interval / 2 + 1e-3;
  }

  private static Sample sample(Frame source, Frame dreamed) {
    Image before = FrameImages.image(source);
    Image after = FrameImages.image(dreamed);
    return new Sample(dreamed.pts(), before, after, Residual.between(before, after), 0, false);
  }

  /** Finds the frame nearest to each of a series of ascending times. */
  private static final class Nearest {

    private final FrameReader reader;
    private final VideoIndex index;
    private Optional<Frame> current;
    private Optional<Frame> next;

    Nearest(FrameReader reader, VideoIndex index) {
      this.reader = reader;
      this.index = index;
      this.current = reader.next();
      this.next = reader.next();
    }

    Optional<Frame> to(double time) {
      while (next.isPresent() && distance(next, time) <= distance(current, time)) {
        current = next;
        next = reader.next();
      }
      return current;
    }

    private double distance(Optional<Frame> frame, double time) {
      return frame.isPresent()
          ? Math.abs(seconds(frame.get(), index) - time)
          : Double.POSITIVE_INFINITY;
    }
  }
}
