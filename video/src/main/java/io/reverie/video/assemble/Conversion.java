package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_TEXT_SUB;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Converts a stream that the container cannot store to the container's usual codec. */
sealed interface Conversion extends AutoCloseable permits AudioConversion, SubtitleConversion {

  /** Audio encoders by container. */
  Map<String, String> SOUND =
      Map.of("mp4", "aac", "mov", "aac", "mpegts", "aac", "matroska", "aac", "webm", "libopus");

  Map<String, String> TEXT =
      Map.of("mp4", "mov_text", "mov", "mov_text", "matroska", "subrip", "webm", "webvtt");

  /** Returns the codec that a stream is converted to; empty if none, as for bitmap subtitles. */
  static Optional<String> target(AVStream stream, String container) {
    return encoder(stream, container)
        .map(name -> avcodec_find_encoder_by_name(name))
        .map(codec -> avcodec_get_name(codec.id()).getString());
  }

  private static Optional<String> encoder(AVStream stream, String container) {
    int type = stream.codecpar().codec_type();
    if (type == AVMEDIA_TYPE_AUDIO) {
      return Optional.ofNullable(SOUND.get(container));
    }
    boolean text = type == AVMEDIA_TYPE_SUBTITLE && isText(stream);
    return text ? Optional.ofNullable(TEXT.get(container)) : Optional.empty();
  }

  /** Opens the conversion of a stream that has a {@link #target}. */
  static Conversion of(AVStream stream, String container) {
    String encoder = encoder(stream, container).orElseThrow();
    return stream.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO
        ? new AudioConversion(stream, encoder)
        : new SubtitleConversion(stream, encoder);
  }

  private static boolean isText(AVStream stream) {
    AVCodecDescriptor codec = avcodec_descriptor_get(stream.codecpar().codec_id());
    return codec != null && !codec.isNull() && (codec.props() & AV_CODEC_PROP_TEXT_SUB) != 0;
  }

  /** Sets the parameters of the output stream. */
  void describe(AVStream target);

  /** Returns the time base of the output packets. */
  AVRational timeBase();

  /** Converts a packet; output packets are valid only during the callback. */
  void put(AVPacket packet, Consumer<AVPacket> out);

  /** Flushes the remaining packets. */
  void end(Consumer<AVPacket> out);

  @Override
  void close();
}
