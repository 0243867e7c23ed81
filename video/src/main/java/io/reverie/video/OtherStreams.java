package io.reverie.video;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_get_media_type_string;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;

/** Sound, subtitles, covers: every stream but the dreamed one, copied packet by packet. */
final class OtherStreams implements AutoCloseable {

  private final MediaInput input;
  private final Packets packets;
  private final Span span;
  private final Map<Integer, AVStream> targets = new HashMap<>();

  /** Names the streams that the container cannot hold in {@code warnings}. */
  OtherStreams(
      MediaSource source, int dreamed, Span span, MediaOutput output, List<String> warnings) {
    this.input = MediaInput.open(source);
    this.packets = new Packets(input);
    this.span = span;
    for (int i = 0; i < input.context().nb_streams(); i++) {
      AVStream stream = input.context().streams(i);
      if (i == dreamed) {
        continue;
      }
      if (holds(output, stream.codecpar())) {
        targets.put(i, target(stream, output));
      } else {
        warnings.add(leftOut(stream, output));
      }
    }
  }

  MediaInput input() {
    return input;
  }

  private static boolean holds(MediaOutput output, AVCodecParameters codec) {
    boolean media =
        codec.codec_type() == AVMEDIA_TYPE_AUDIO
            || codec.codec_type() == AVMEDIA_TYPE_SUBTITLE
            || codec.codec_type() == org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO
            || codec.codec_type() == org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
    String name = output.context().oformat().name().getString();
    AVOutputFormat format = av_guess_format(name.split(",", -1)[0], null, null);
    boolean attachment =
        codec.codec_type() == org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
    return media
        && (attachment
            ? name.equals("matroska")
            : mayHold(avformat_query_codec(format, codec.codec_id(), 0), name));
  }

  /** MPEG-TS does not tell what it can hold; what it cannot, its muxer refuses. */
  private static boolean mayHold(int answer, String container) {
    return answer == 1 || (answer < 0 && container.equals("mpegts"));
  }

  private static String leftOut(AVStream stream, MediaOutput output) {
    AVDictionaryEntry language = av_dict_get(stream.metadata(), "language", null, 0);
    String tongue =
        language == null || language.isNull() ? "" : ", " + language.value().getString();
    return "left out stream %d (%s, %s%s): a %s file cannot hold it"
        .formatted(
            stream.index(),
            av_get_media_type_string(stream.codecpar().codec_type()).getString(),
            avcodec_get_name(stream.codecpar().codec_id()).getString(),
            tongue,
            output.context().oformat().name().getString());
  }

  private static AVStream target(AVStream from, MediaOutput output) {
    AVStream to = output.addStream();
    avcodec_parameters_copy(to.codecpar(), from.codecpar());
    // Tags are the container's own; the muxer chooses.
    to.codecpar().codec_tag(0);
    to.time_base(from.time_base());
    to.avg_frame_rate(from.avg_frame_rate());
    to.disposition(from.disposition());
    copyTags(from.metadata(), to::metadata);
    return to;
  }

  private static void copyTags(
      org.bytedeco.ffmpeg.avutil.AVDictionary from,
      java.util.function.Consumer<org.bytedeco.ffmpeg.avutil.AVDictionary> to) {
    org.bytedeco.ffmpeg.avutil.AVDictionary copy =
        new org.bytedeco.ffmpeg.avutil.AVDictionary(null);
    av_dict_copy(copy, from, 0);
    to.accept(copy);
  }

  /** The next packet to keep, ready to be written; valid until the next. */
  Optional<AVPacket> next() {
    for (Optional<AVPacket> next = packets.next(); next.isPresent(); next = packets.next()) {
      AVPacket packet = next.get();
      AVStream target = targets.get(packet.stream_index());
      if (target != null) {
        AVStream from = input.context().streams(packet.stream_index());
        if (span.contains(packet.pts(), from.time_base())) {
          span.shift(packet, from.time_base());
          org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts(
              packet, from.time_base(), target.time_base());
          packet.stream_index(target.index());
          packet.pos(-1);
          return next;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a packet of another stream comes before a time of the video's. */
  boolean isBefore(AVPacket packet, MediaOutput output, long time, AVStream video) {
    AVStream own = output.context().streams(packet.stream_index());
    long dts =
        packet.dts() == org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE
            ? packet.pts()
            : packet.dts();
    return av_rescale_q(dts, own.time_base(), video.time_base()) <= time;
  }

  @Override
  public void close() {
    packets.close();
    input.close();
  }
}
