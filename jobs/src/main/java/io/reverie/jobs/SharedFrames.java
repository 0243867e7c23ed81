package io.reverie.jobs;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.Residual;
import io.reverie.jobs.carry.Sizes;
import io.reverie.jobs.plan.Seam;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import java.util.Optional;

/** The frames around a seam, each with what the segments on both sides dreamed into it. */
final class SharedFrames implements AutoCloseable {

  private final Size size;
  private final FrameReader source;
  private final Side early;
  private final Side late;

  /**
   * A frame around a seam.
   *
   * @param frame of the source, at the output's size
   * @param small the same at the dream's size
   * @param early what the earlier segment dreamed; empty behind its end
   * @param late what the later segment dreamed; empty before its begin
   */
  record Shared(Frame frame, Image small, Optional<Residual> early, Optional<Residual> late) {}

  SharedFrames(VideoItem video, Seam seam) {
    this.size = Sizes.ofDream(video.dreamSize());
    this.source = video.reader(seam.margin());
    try {
      this.early = new Side(video.side(seam, seam.before()).reader());
      this.late = new Side(video.side(seam, seam.before() + 1).reader());
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  Optional<Shared> next() {
    return source
        .next()
        .map(
            frame -> {
              Image small = Dreamer.sized(Sizes.image(frame), size);
              return new Shared(
                  frame, small, early.at(frame.pts(), small), late.at(frame.pts(), small));
            });
  }

  /** The frames of one side, fetched by their times. */
  private static final class Side implements AutoCloseable {

    private final FrameReader reader;
    private Optional<Frame> ahead;

    Side(FrameReader reader) {
      this.reader = reader;
      this.ahead = reader.next();
    }

    Optional<Residual> at(long pts, Image source) {
      while (ahead.isPresent() && ahead.get().pts() < pts) {
        ahead = reader.next();
      }
      return ahead
          .filter(frame -> frame.pts() == pts)
          .map(frame -> Residual.between(source, Sizes.image(frame)));
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  @Override
  public void close() {
    source.close();
    early.close();
    late.close();
  }
}
