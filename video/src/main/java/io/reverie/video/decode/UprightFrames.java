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

/** From decoded frames to pictures as they are seen: whole, square, upright, RGB. */
public final class UprightFrames implements AutoCloseable {

  /** Exact rounding and full chroma, the same on every machine. */
  public static final String SCALER =
      "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

  private final VideoIndex index;
  private final Optional<Size> size;
  private Optional<FrameFilter> filter = Optional.empty();

  UprightFrames(VideoIndex index, Optional<Size> size) {
    this.index = index;
    this.size = size;
  }

  /** Whether a decoded frame is like those before; a stream may change its size on its way. */
  boolean fits(AVFrame frame) {
    return filter.isEmpty() || filter.get().fits(frame);
  }

  /** Puts a decoded frame in. */
  void put(AVFrame frame) {
    if (filter.isEmpty()) {
      filter = Optional.of(new FrameFilter(frame, index.timeBase(), chain()));
    }
    filter.get().put(frame);
  }

  void end() {
    filter.ifPresent(FrameFilter::end);
  }

  /** The next picture, if one is ready; its {@code corrupt} is not known here. */
  Optional<Frame> next() {
    if (filter.isEmpty() || !filter.get().next()) {
      return Optional.empty();
    }
    FrameFilter ready = filter.get();
    return Optional.of(FramePixels.read(ready.frame(), deep(), index.alpha(), ready.pts(), false));
  }

  private boolean deep() {
    return index.bitDepth() > 8;
  }

  private String chain() {
    Size upright = size.orElse(index.size());
    Size lying = index.orientation().transposes() ? upright.transposed() : upright;
    List<String> filters = new ArrayList<>();
    if (index.interlaced()) {
      filters.add("bwdif=mode=send_frame:deint=all");
    }
    filters.add(
        "scale=%d:%d:%s:in_color_matrix=%d:in_range=%s"
            .formatted(
                lying.width(),
                lying.height(),
                SCALER,
                index.colour().matrixOr(index.size().height()),
                index.colour().fullRange() ? "full" : "auto"));
    filters.add("format=" + FramePixels.format(deep(), index.alpha()));
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
