package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_time_base;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_set_frame_size;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame_flags;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_create_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse_ptr;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_inout_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_inout_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;
import static org.bytedeco.ffmpeg.global.avutil.av_strdup;

import io.reverie.video.Rational;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** A chain of FFmpeg filters for frames of one size and format. */
public final class FrameFilter implements AutoCloseable {

  private final AVFilterGraph graph;
  private final AVFilterContext source = new AVFilterContext();
  private final AVFilterContext sink = new AVFilterContext();
  private final AVFrame out;
  private final AVRational timeBase;
  private final AVRational outTimeBase;
  private final int width;
  private final int height;
  private final int format;

  /**
   * Builds the chain.
   *
   * @param like an example of the frames to come
   * @param chain in the syntax of FFmpeg's command line
   */
  public FrameFilter(AVFrame like, Rational timeBase, String chain) {
    this(like, Ffmpeg.toNative(timeBase), "", arguments(like, timeBase), chain, null);
  }

  /**
   * Builds a chain with a second input of one picture.
   *
   * @param picture a frame that all others are combined with, such as a palette
   * @param chain its inputs are {@code [in]} and {@code [picture]}
   */
  public static FrameFilter with(AVFrame picture, AVFrame like, Rational timeBase, String chain) {
    String arguments = arguments(like, timeBase);
    return new FrameFilter(like, Ffmpeg.toNative(timeBase), "", arguments, chain, picture);
  }

  private static String arguments(AVFrame like, Rational timeBase) {
    return "video_size=%dx%d:pix_fmt=%d:time_base=%s:colorspace=%d:range=%d"
        .formatted(
            like.width(),
            like.height(),
            like.format(),
            timeBase,
            like.colorspace(),
            like.color_range());
  }

  /** Creates a chain for sound; the arguments are those of the filter "abuffer". */
  public static FrameFilter ofSound(AVFrame like, AVRational unit, String arguments, String chain) {
    AVRational own = new AVRational().num(unit.num()).den(unit.den());
    return new FrameFilter(like, own, "a", arguments, chain, null);
  }

  private FrameFilter(
      AVFrame like,
      AVRational timeBase,
      String medium,
      String arguments,
      String chain,
      @Nullable AVFrame picture) {
    this.timeBase = timeBase;
    this.width = like.width();
    this.height = like.height();
    this.format = like.format();
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.graph = guard.add(avfilter_graph_alloc(), g -> avfilter_graph_free(g));
      this.out = guard.add(av_frame_alloc(), f -> av_frame_free(f));
      graph.nb_threads(1);
      add(source, medium + "buffer", "in", arguments);
      add(sink, medium + "buffersink", "out", null);
      AVFilterInOut inputs = end("in", source);
      AVFilterContext second = new AVFilterContext();
      if (picture != null) {
        add(second, "buffer", "picture", arguments(picture, new Rational(1, 1)));
        inputs.next(end("picture", second));
      }
      connect(chain, inputs);
      if (picture != null) {
        put(picture, second);
        av_buffersrc_add_frame_flags(second, null, 0);
      }
      this.outTimeBase = av_buffersink_get_time_base(sink);
      guard.complete();
    }
  }

  private void add(AVFilterContext filter, String kind, String name, @Nullable String arguments) {
    Ffmpeg.check(
        avfilter_graph_create_filter(
            filter, avfilter_get_by_name(kind), name, arguments, null, graph),
        "cannot be created",
        "filter " + kind);
  }

  private void connect(String chain, AVFilterInOut outputs) {
    AVFilterInOut inputs = end("out", sink);
    try {
      Ffmpeg.check(
          avfilter_graph_parse_ptr(graph, chain, inputs, outputs, null),
          "is not a valid filter",
          chain);
      Ffmpeg.check(avfilter_graph_config(graph, null), "cannot be configured", chain);
    } finally {
      avfilter_inout_free(inputs);
      avfilter_inout_free(outputs);
    }
  }

  private static AVFilterInOut end(String name, AVFilterContext filter) {
    AVFilterInOut end = avfilter_inout_alloc();
    end.name(av_strdup(new BytePointer(name)));
    end.filter_ctx(filter);
    end.pad_idx(0);
    return end;
  }

  /** Sets the number of samples per output frame; the last one may have fewer. */
  public void samples(int count) {
    av_buffersink_set_frame_size(sink, count);
  }

  /** Returns whether the chain accepts frames like this one. */
  public boolean fits(AVFrame frame) {
    return frame.width() == width && frame.height() == height && frame.format() == format;
  }

  /** Adds a frame; the caller keeps ownership. */
  public void put(AVFrame frame) {
    put(frame, source);
  }

  private static void put(AVFrame frame, AVFilterContext into) {
    Ffmpeg.check(
        av_buffersrc_add_frame_flags(into, frame, AV_BUFFERSRC_FLAG_KEEP_REF),
        "a frame could not be converted",
        "filter");
  }

  /** Signals the end of the input. */
  public void end() {
    av_buffersrc_add_frame_flags(source, null, 0);
  }

  /** Fetches the next output frame; returns false if none is ready. */
  public boolean next() {
    av_frame_unref(out);
    return av_buffersink_get_frame(sink, out) >= 0;
  }

  /** Returns the current output frame; valid until the following call of {@link #next}. */
  public AVFrame frame() {
    return out;
  }

  /** Returns the time of the output frame in the input's time base. */
  public long pts() {
    return pts(timeBase);
  }

  /** Returns the time of the output frame in the given time base. */
  public long pts(AVRational unit) {
    return av_rescale_q(out.pts(), outTimeBase, unit);
  }

  @Override
  public void close() {
    av_frame_free(out);
    avfilter_graph_free(graph);
    timeBase.close();
    outTimeBase.close();
  }
}
