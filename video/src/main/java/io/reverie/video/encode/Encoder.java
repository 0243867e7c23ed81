package io.reverie.video.encode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;

import io.reverie.video.Colour;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.ffmpeg.CodecOptions;
import io.reverie.video.ffmpeg.ConstructionGuard;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.HdrSideData;
import io.reverie.video.still.SilencedStderr;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * A single-threaded video encoder with constant quality, whose output is reproducible byte for
 * byte.
 */
final class Encoder implements AutoCloseable {

  private static final long UNREACHED_RATE = 100_000_000;
  private static final int LOSSLESS_WEBP = 100;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final String name;

  Encoder(OutputFormat format, SegmentFormat frames, Size coded, Colour colour) {
    this.name = format.codec().encoder();
    AVCodec codec = avcodec_find_encoder_by_name(name);
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.packet = guard.add(av_packet_alloc(), p -> av_packet_free(p));
      this.context = guard.add(avcodec_alloc_context3(codec), c -> avcodec_free_context(c));
      describe(format, frames, coded, colour);
      open(codec, format, frames, coded);
      guard.complete();
    }
  }

  private void describe(OutputFormat format, SegmentFormat frames, Size coded, Colour colour) {
    context.width(coded.width());
    context.height(coded.height());
    context.pix_fmt(av_get_pix_fmt(format.pixelFormat(frames.bitDepth(), frames.alpha())));
    context.time_base(Ffmpeg.toNative(frames.timeBase()));
    context.framerate(Ffmpeg.toNative(frames.rate()));
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    context.thread_count(1);
    context.color_primaries(colour.primaries());
    context.color_trc(colour.transfer());
    context.colorspace(colour.matrix());
    context.color_range(colour.range());
    context.chroma_sample_location(colour.chromaLocation());
    HdrSideData.put(colour.hdr(), context);
  }

  private void open(AVCodec codec, OutputFormat format, SegmentFormat frames, Size coded) {
    try (CodecOptions options = new CodecOptions()) {
      quality(format, frames, options);
      Ffmpeg.check(
          openQuietly(codec, options.dictionary()),
          "does not support frames of %s px as %s"
              .formatted(coded, format.pixelFormat(frames.bitDepth(), frames.alpha())),
          "encoder " + name);
    }
  }

  /** SVT-AV1 prints its settings to stderr unless the environment has SVT_LOG. */
  private int openQuietly(AVCodec codec, AVDictionary options) {
    if (!name.equals("libsvtav1")) {
      return avcodec_open2(context, codec, options);
    }
    try (SilencedStderr quiet = new SilencedStderr()) {
      return avcodec_open2(context, codec, options);
    }
  }

  private void quality(OutputFormat format, SegmentFormat frames, CodecOptions options) {
    if (format.bitrate().isPresent()) {
      context.bit_rate(format.bitrate().getAsLong());
    }
    boolean constant = format.bitrate().isEmpty();
    String quality = String.valueOf(format.quality());
    switch (name) {
      case "libopenh264" -> openH264(format, constant, options);
      case "libx264", "libx265" -> {
        options.set("preset", "medium");
        if (name.equals("libx265")) {
          options.set("x265-params", "log-level=error");
        }
        options.setIf(constant, "crf", quality);
      }
      case "libvpx-vp9", "libsvtav1", "libaom-av1" -> webVideo(format, frames, constant, options);
      case "libwebp" -> {
        // Pixels of animations are stored as RGB or, if lossy, converted by the library.
        options.setIf(true, "quality", quality);
        options.setIf(format.quality() == LOSSLESS_WEBP, "lossless", "1");
      }
      case "apng" -> options.set("pred", "mixed");
      // Storing only what changed is wrong after a transparent frame, which is cleared.
      case "gif" -> options.setIf(frames.alpha(), "gifflags", "0");
      case "prores_ks" -> options.set("profile", frames.alpha() ? "4" : quality);
      case "mpeg4", "mjpeg" -> quantiser(format, constant);
      default -> {}
    }
  }

  private void quantiser(OutputFormat format, boolean constant) {
    if (constant) {
      context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
      context.global_quality(format.quality() * FF_QP2LAMBDA);
      context.qmin(1);
    }
  }

  /** Options of VP9 and AV1. */
  private void webVideo(
      OutputFormat format, SegmentFormat frames, boolean constant, CodecOptions options) {
    options.setIf(constant, "crf", String.valueOf(format.quality()));
    switch (name) {
      case "libvpx-vp9" -> {
        options.set("deadline", "good");
        options.set("cpu-used", "3");
        // Hidden frames are incompatible with transparency.
        options.setIf(frames.alpha(), "auto-alt-ref", "0");
      }
      case "libsvtav1" -> {
        options.set("preset", "8");
        options.set("svtav1-params", "lp=1");
      }
      default -> options.set("cpu-used", "6");
    }
  }

  /**
   * Emulates constant quality, because OpenH264 has no CRF: an unreachable bit rate keeps the
   * quantiser at its fixed value.
   */
  private void openH264(OutputFormat format, boolean constant, CodecOptions options) {
    if (constant) {
      options.set("rc_mode", "quality");
      context.bit_rate(UNREACHED_RATE);
      context.qmin(format.quality());
      context.qmax(format.quality());
    }
    options.set("allow_skip_frames", "0");
    options.set("profile", "high");
  }

  AVCodecContext context() {
    return context;
  }

  /**
   * Encodes a frame, or flushes the encoder if null; packets are valid only during the callback.
   */
  void encode(@Nullable AVFrame frame, Consumer<AVPacket> packets) {
    Ffmpeg.check(avcodec_send_frame(context, frame), "a frame was rejected", "encoder " + name);
    while (avcodec_receive_packet(context, packet) >= 0) {
      packets.accept(packet);
      av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
