package io.reverie.video.decode;

import io.reverie.video.Frame;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.ffmpeg.FrameFilter;
import io.reverie.video.ffmpeg.FramePixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Converts decoded frames to RGB as displayed: deinterlaced, upright, with square pixels. */
public final class UprightFrames implements AutoCloseable {

  /** Exact rounding and full chroma, for equal results on every machine. */
  public static final String SCALER =
      "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

  private final VideoIndex index;
  private final Optional<Size> size;
  private Optional<FrameFilter> filter = Optional.empty();
  private Size last;

  UprightFrames(VideoIndex index, Optional<Size> size) {
    this.index = index;
    this.size = size;
    this.last = index.size();
  }

  /** Returns whether a frame has the format of the previous ones; a stream may change its size. */
  boolean fits(AVFrame frame, Size shown) {
    return filter.isEmpty() || (filter.get().fits(frame) && shown.equals(last));
  }

  /**
   * Adds a decoded frame.
   *
   * @param shown its size with square pixels, before it is turned upright
   */
  void put(AVFrame frame, Size shown) {
    if (filter.isEmpty()) {
      filter = Optional.of(new FrameFilter(frame, index.timeBase(), chain(shown)));
    }
    last = shown;
    filter.get().put(frame);
  }

  void end() {
    filter.ifPresent(FrameFilter::end);
  }

  /** Returns the next converted frame, if one is ready; {@code corrupt} is always false. */
  Optional<Frame> next() {
    if (filter.isEmpty() || !filter.get().next()) {
      return Optional.empty();
    }
    FrameFilter ready = filter.get();
    return Optional.of(
        FramePixels.read(ready.frame(), highBitDepth(), index.alpha(), ready.pts(), false));
  }

  /** Returns the size of the video's frames before they are turned upright. */
  Size usual() {
    return unturned(index.size());
  }

  private Size unturned(Size upright) {
    return index.orientation().transposes() ? upright.transposed() : upright;
  }

  private boolean highBitDepth() {
    return index.bitDepth() > 8;
  }

  private String chain(Size shown) {
    Size decoded = unturned(size.orElse(index.size()));
    Size picture = Bars.picture(shown, usual(), decoded);
    List<String> filters = new ArrayList<>();
    if (index.interlaced()) {
      filters.add("bwdif=mode=send_frame:deint=all");
    }
    filters.add(
        "scale=%d:%d:%s:in_color_matrix=%d:in_range=%s"
            .formatted(
                picture.width(),
                picture.height(),
                SCALER,
                index.colour().matrixOr(index.size().height()),
                index.colour().fullRange() ? "full" : "auto"));
    filters.add("format=" + FramePixels.format(highBitDepth(), index.alpha()));
    if (!picture.equals(decoded)) {
      filters.add(
          "pad=%d:%d:(ow-iw)/2:(oh-ih)/2:black".formatted(decoded.width(), decoded.height()));
    }
    if (!index.orientation().filters().isEmpty()) {
      filters.add(index.orientation().filters());
    }
    return String.join(",", filters);
  }

  @Override
  public void close() {
    filter.ifPresent(FrameFilter::close);
  }
}
