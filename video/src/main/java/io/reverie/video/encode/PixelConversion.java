package io.reverie.video.encode;

import io.reverie.video.Rational;
import io.reverie.video.ffmpeg.FrameFilter;
import io.reverie.video.ffmpeg.FramePixels;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Converts frames to the pixels of the output, in parts with a filter for each. */
final class PixelConversion implements AutoCloseable {

  private final Parts parts;
  private final FilterFactory filters;
  private final Consumer<AVFrame> sink;
  private Optional<FrameFilter> filter = Optional.empty();
  private int part;
  private long last;
  private boolean partlyTransparent;

  /** Divides the video. */
  interface Parts {
    boolean same(long pts, long other);
  }

  /** Makes the filter of a part, by its number from 0. */
  interface FilterFactory {
    FrameFilter of(int part, AVFrame like, Rational timeBase);
  }

  PixelConversion(Parts parts, FilterFactory filters, Consumer<AVFrame> sink) {
    this.parts = parts;
    this.filters = filters;
    this.sink = sink;
  }

  void put(AVFrame frame, Rational timeBase, long pts) {
    if (filter.isPresent() && !parts.same(pts, last)) {
      end();
    }
    if (filter.isEmpty()) {
      filter = Optional.of(filters.of(part++, frame, timeBase));
    }
    last = pts;
    partlyTransparent |= FramePixels.hasPartlyTransparent(frame);
    filter.get().put(frame);
    drain();
  }

  void end() {
    filter.ifPresent(FrameFilter::end);
    drain();
    close();
  }

  private void drain() {
    while (filter.isPresent() && filter.get().next()) {
      sink.accept(filter.get().frame());
    }
  }

  /** Returns whether any pixel so far was neither opaque nor transparent. */
  boolean metPartlyTransparent() {
    return partlyTransparent;
  }

  @Override
  public void close() {
    filter.ifPresent(FrameFilter::close);
    filter = Optional.empty();
  }
}
