package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strdup;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.avutil.setLogCallback;

import io.reverie.video.MediaException;
import io.reverie.video.Rational;
import io.reverie.video.allowlist.Decoders;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** Helpers for FFmpeg: error codes, options, and a log that does not reach the terminal. */
public final class Ffmpeg {

  private static final System.Logger LOG = System.getLogger("io.reverie.video.ffmpeg");

  /**
   * A field, because native code calls it and it must not be collected; retained, because the class
   * may be initialised within a PointerScope, which would free it.
   */
  private static final LogCallback LOG_TO_JAVA =
      new LogCallback() {
        @Override
        public void call(int level, BytePointer message) {
          if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, message.getString(StandardCharsets.UTF_8).strip());
          }
        }
      }.retainReference();

  static {
    setLogCallback(LOG_TO_JAVA);
    av_log_set_level(AV_LOG_ERROR);
  }

  private Ffmpeg() {}

  /** Redirects FFmpeg's log; call it before any other function of FFmpeg. */
  public static void quiet() {}

  static String reason(int code) {
    byte[] text = new byte[256];
    av_strerror(code, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /** Throws a {@link MediaException} if FFmpeg returned an error. */
  public static int check(int code, String what, String name) {
    if (code < 0) {
      throw new MediaException("%s: %s (%s)".formatted(name, what, reason(code)));
    }
    return code;
  }

  /** Copies a string to memory that FFmpeg frees. */
  static BytePointer copy(String text) {
    try (BytePointer own = new BytePointer(text)) {
      return av_strdup(own);
    }
  }

  /**
   * Copies tags. The caller attaches the copy to a stream or file, which then frees it.
   *
   * @param tags may be null, as FFmpeg has none then
   */
  public static AVDictionary copy(@Nullable AVDictionary tags) {
    AVDictionary copy = new AVDictionary(null);
    av_dict_copy(copy, tags, 0);
    return copy;
  }

  /**
   * Opens a decoder on one thread with the allowed codecs and sizes; the caller frees it.
   *
   * @param failure why opening failed, for the error message about {@code name}
   */
  public static AVCodecContext openDecoder(
      AVCodec codec, AVStream stream, String failure, String name) {
    AVCodecContext context = decoder(codec, stream);
    try {
      check(avcodec_open2(context, codec, (AVDictionary) null), failure, name);
      return context;
    } catch (MediaException e) {
      avcodec_free_context(context);
      throw e;
    }
  }

  private static AVCodecContext decoder(AVCodec codec, AVStream stream) {
    AVCodecContext context = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(context, stream.codecpar());
    context.codec_whitelist(copy(Decoders.list()));
    context.max_pixels(Math.min(Decoders.MAX_PIXELS, CodedSize.most()));
    context.pkt_timebase(stream.time_base());
    // Segments run in parallel, and results must not depend on the number of threads.
    context.thread_count(1);
    return context;
  }

  public static AVRational toNative(Rational r) {
    return new AVRational().num(r.num()).den(r.den());
  }

  public static Rational rational(AVRational r) {
    return r.den() > 0 ? new Rational(r.num(), r.den()) : new Rational(0, 1);
  }
}
