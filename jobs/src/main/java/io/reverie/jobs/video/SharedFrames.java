package io.reverie.jobs.video;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.image.Residual;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.video.work.DisplayFrame;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.encode.LosslessSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The frames around a seam, each with the dreams of the segments on both sides. */
final class SharedFrames implements AutoCloseable {

  private final VideoItem video;
  private final Size size;
  private final FrameReader source;
  private final Side early;
  private final Side late;

  /**
   * A frame around a seam.
   *
   * @param frame of the source, at the output's size
   * @param small what the network sees of it, at the dream's size
   * @param early what the earlier segment dreamed; empty after its end
   * @param late what the later segment dreamed; empty before its start
   */
  record Shared(
      DisplayFrame frame, Image small, Optional<Residual> early, Optional<Residual> late) {}

  /**
   * @param early files of the earlier segment, by name in the work folder
   * @param late files of the later segment
   */
  SharedFrames(VideoItem video, Seam seam, List<String> early, List<String> late)
      throws IOException {
    this.video = video;
    this.size = FrameImages.ofDream(video.dreamSize());
    this.early = new Side(video, early);
    this.late = new Side(video, late);
    this.source = video.reader(seam.margin());
  }

  Optional<Shared> next() {
    return source
        .next()
        .map(
            frame -> {
              DisplayFrame viewed = video.view(frame);
              Image small = Dreamer.sized(FrameImages.image(viewed.shown()), size);
              return new Shared(
                  viewed, small, early.at(frame.pts(), small), late.at(frame.pts(), small));
            });
  }

  /** The frames of one side, looked up by time. */
  private static final class Side implements AutoCloseable {

    private final LosslessSegment lossless;
    private final Iterator<MediaSource> files;
    private Optional<FrameReader> reader = Optional.empty();
    private Optional<Frame> lookahead = Optional.empty();

    /** Opens no file yet. */
    Side(VideoItem video, List<String> names) throws IOException {
      List<MediaSource> media = new ArrayList<>();
      for (String name : names) {
        media.add(video.work().media(name));
      }
      this.lossless = video.lossless();
      this.files = media.iterator();
    }

    private Optional<Frame> next() {
      Optional<Frame> frame = reader.flatMap(FrameReader::next);
      while (frame.isEmpty() && files.hasNext()) {
        close();
        reader = Optional.of(lossless.reader(files.next()));
        frame = reader.flatMap(FrameReader::next);
      }
      return frame;
    }

    Optional<Residual> at(long pts, Image source) {
      if (reader.isEmpty()) {
        lookahead = next();
      }
      while (lookahead.isPresent() && lookahead.get().pts() < pts) {
        lookahead = next();
      }
      return lookahead
          .filter(frame -> frame.pts() == pts)
          .map(frame -> Residual.between(source, unrounded(FrameImages.image(frame), source)));
    }

    /**
     * Restores source values that differ only by the file's rounding: nothing was dreamed there.
     */
    private static Image unrounded(Image dream, Image source) {
      float[] rgb = dream.rgb().clone();
      for (int i = 0; i < rgb.length; i++) {
        float own = source.rgb()[i];
        rgb[i] = Math.abs(rgb[i] - own) < LosslessSegment.ROUNDING ? own : rgb[i];
      }
      return new Image(dream.size(), rgb);
    }

    @Override
    public void close() {
      reader.ifPresent(FrameReader::close);
      reader = Optional.empty();
    }
  }

  @Override
  public void close() {
    source.close();
    early.close();
    late.close();
  }
}
