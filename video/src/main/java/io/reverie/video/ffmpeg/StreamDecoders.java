package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_describe;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;

import io.reverie.video.MediaException;
import io.reverie.video.allowlist.Decoders;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/** Opens decoders for streams that are converted or listened to. */
public final class StreamDecoders {

  private StreamDecoders() {}

  /** Opens a decoder for a stream; the caller frees it. */
  public static AVCodecContext open(AVStream from) {
    AVCodec codec = avcodec_find_decoder(from.codecpar().codec_id());
    String name = avcodec_get_name(from.codecpar().codec_id()).getString();
    if (codec == null || codec.isNull() || !Decoders.allows(codec.name().getString())) {
      throw new MediaException("no decoder for " + name);
    }
    int rate = from.codecpar().sample_rate();
    if (from.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO && !Decoders.allowsRate(rate)) {
      throw new MediaException(
          "%s has a sample rate of %d Hz; supported rates are %d to %d Hz"
              .formatted(name, rate, Decoders.SLOWEST_SOUND, Decoders.FASTEST_SOUND));
    }
    return Ffmpeg.openDecoder(codec, from, "cannot be opened", "decoder " + name);
  }

  /** Returns the arguments of the filter "abuffer" for frames like this one. */
  public static String filterArguments(AVFrame frame, AVRational unit) {
    return "time_base=%d/%d:sample_rate=%d:sample_fmt=%s:channel_layout=%s"
        .formatted(
            unit.num(),
            unit.den(),
            frame.sample_rate(),
            av_get_sample_fmt_name(frame.format()).getString(),
            channelLayout(frame.ch_layout()));
  }

  public static String channelLayout(AVChannelLayout layout) {
    BytePointer text = new BytePointer(128);
    av_channel_layout_describe(layout, text, 128);
    return text.getString();
  }
}
