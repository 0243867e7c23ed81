package io.reverie.video.shot;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;

import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.ffmpeg.ConstructionGuard;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.FrameFilter;
import io.reverie.video.ffmpeg.FramePixels;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerScope;

/**
 * Difference between consecutive frames as computed by FFmpeg's filter {@code scdet}: fast, but
 * unaware of motion, so a pan scores as high as a cut.
 */
public final class SceneScore implements AutoCloseable {

  private final AVFrame packed;
  private final FrameFilter filter;
  private long count;

  /**
   * The result for a frame; both values are 0 for the first frame.
   *
   * @param difference mean absolute difference from the previous frame in percent of white
   * @param score the smaller of the difference and the change of the difference
   */
  public record Change(double difference, double score) {
    public Change {
      if (!(difference >= 0 && score >= 0)) {
        throw new IllegalArgumentException(
            "a difference of %s%% and a score of %s%% cannot be negative"
                .formatted(difference, score));
      }
    }
  }

  /** Opens the filter for frames of one size; the caller closes it. */
  public SceneScore(Size size) {
    Ffmpeg.quiet();
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.packed = guard.add(av_frame_alloc(), f -> av_frame_free(f));
      packed.width(size.width());
      packed.height(size.height());
      packed.format(av_get_pix_fmt(FramePixels.format(false, false)));
      packed.color_range(2);
      packed.colorspace(0);
      Ffmpeg.check(av_frame_get_buffer(packed, 0), "no memory for a frame", size.toString());
      this.filter = new FrameFilter(packed, new Rational(1, 1), "scdet");
      guard.complete();
    }
  }

  /** Returns the change from the previous frame to this one. */
  public Change put(Frame frame) {
    if (frame.width() != packed.width() || frame.height() != packed.height()) {
      throw new IllegalArgumentException(
          "a frame of %d x %d px among frames of %d x %d px"
              .formatted(frame.width(), frame.height(), packed.width(), packed.height()));
    }
    try (PointerScope scope = new PointerScope()) {
      av_frame_make_writable(packed);
      FramePixels.write(frame, packed, false, false);
      packed.pts(count++);
      filter.put(packed);
      if (!filter.next()) {
        throw new MediaException("scdet returned nothing for frame " + (count - 1));
      }
      return new Change(metadata("lavfi.scd.mafd"), metadata("lavfi.scd.score"));
    }
  }

  private double metadata(String key) {
    AVDictionaryEntry entry = av_dict_get(filter.frame().metadata(), key, null, 0);
    if (entry == null || entry.isNull()) {
      throw new MediaException("scdet did not report " + key);
    }
    return Double.parseDouble(entry.value().getString());
  }

  @Override
  public void close() {
    filter.close();
    av_frame_free(packed);
  }
}
