package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_BIN_DATA;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_DVB_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_DVB_TELETEXT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_move_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_DATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_get_media_type_string;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.ffmpeg.ConstructionGuard;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.MediaOutput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;

/** All streams except the dreamed one (audio, subtitles, covers), copied packet by packet. */
final class OtherStreams implements AutoCloseable {

  private final MediaInput input;
  private final CopiedPackets packets;
  private final OutputSpan span;
  private final Map<Integer, AVStream> targets = new HashMap<>();
  private final Map<Integer, Conversion> conversions = new TreeMap<>();
  private final Deque<AVPacket> converted = new ArrayDeque<>();
  private final AVPacket current;

  /**
   * Opens the source and adds its streams to the output; conversions and dropped streams are added
   * to {@code warnings}.
   */
  OtherStreams(
      MediaSource source, int dreamed, OutputSpan span, MediaOutput output, List<String> warnings) {
    this.span = span;
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.current = guard.add(av_packet_alloc(), p -> av_packet_free(p));
      this.input = guard.add(MediaInput.open(source), MediaInput::close);
      guard.add(conversions, opened -> opened.values().forEach(Conversion::close));
      for (int i = 0; i < input.context().nb_streams(); i++) {
        if (i != dreamed) {
          add(input.context().streams(i), output, warnings);
        }
      }
      this.packets = new CopiedPackets(input, targets.keySet());
      guard.complete();
    }
  }

  private void add(AVStream stream, MediaOutput output, List<String> warnings) {
    if (!isDescribed(stream.codecpar())) {
      warnings.add(
          "dropped stream %d (%s): the file does not describe its format"
              .formatted(
                  stream.index(),
                  av_get_media_type_string(stream.codecpar().codec_type()).getString()));
    } else if (supports(output, stream.codecpar())) {
      targets.put(stream.index(), target(stream, output));
    } else if (!isChapterTrack(stream)) {
      warnings.add(convert(stream, output));
    }
  }

  /**
   * Returns whether the format is known; damaged files may declare streams without one, which
   * muxers reject.
   */
  private static boolean isDescribed(AVCodecParameters codec) {
    if (codec.codec_type() == AVMEDIA_TYPE_AUDIO) {
      return codec.sample_rate() > 0 && codec.ch_layout().nb_channels() > 0;
    }
    return codec.codec_type() != AVMEDIA_TYPE_VIDEO || (codec.width() > 0 && codec.height() > 0);
  }

  MediaInput input() {
    return input;
  }

  /**
   * Returns whether this is the text track in which MP4 stores chapter titles; chapters are copied
   * separately.
   */
  private boolean isChapterTrack(AVStream stream) {
    return stream.codecpar().codec_type() == AVMEDIA_TYPE_DATA
        && stream.codecpar().codec_id() == AV_CODEC_ID_BIN_DATA
        && input.context().nb_chapters() > 0;
  }

  private static boolean supports(MediaOutput output, AVCodecParameters codec) {
    boolean media =
        codec.codec_type() == AVMEDIA_TYPE_AUDIO
            || codec.codec_type() == AVMEDIA_TYPE_SUBTITLE
            || codec.codec_type() == AVMEDIA_TYPE_VIDEO
            || codec.codec_type() == org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
    String name = output.context().oformat().name().getString();
    AVOutputFormat format = av_guess_format(name.split(",", -1)[0], null, null);
    if (name.equals("mpegts") && codec.codec_type() == AVMEDIA_TYPE_SUBTITLE) {
      // The muxer accepts any as private data, which players ignore.
      return codec.codec_id() == AV_CODEC_ID_DVB_SUBTITLE
          || codec.codec_id() == AV_CODEC_ID_DVB_TELETEXT;
    }
    boolean attachment =
        codec.codec_type() == org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
    return media
        && (attachment
            ? name.equals("matroska")
            : maySupport(avformat_query_codec(format, codec.codec_id(), 0), name));
  }

  /** Interprets FFmpeg's answer. MPEG-TS gives none; its muxer rejects what it cannot store. */
  private static boolean maySupport(int answer, String container) {
    return answer == 1 || (answer < 0 && container.equals("mpegts"));
  }

  private static String dropped(AVStream stream, MediaOutput output) {
    AVDictionaryEntry language = av_dict_get(stream.metadata(), "language", null, 0);
    String languageSuffix =
        language == null || language.isNull() ? "" : ", " + language.value().getString();
    return "dropped stream %d (%s, %s%s): a %s file cannot store it"
        .formatted(
            stream.index(),
            av_get_media_type_string(stream.codecpar().codec_type()).getString(),
            avcodec_get_name(stream.codecpar().codec_id()).getString(),
            languageSuffix,
            output.context().oformat().name().getString());
  }

  private static AVStream target(AVStream from, MediaOutput output) {
    AVStream to = output.addStream();
    avcodec_parameters_copy(to.codecpar(), from.codecpar());
    // Codec tags depend on the container; the muxer chooses.
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

  /** Converts a stream if possible, otherwise drops it; returns the warning. */
  private String convert(AVStream stream, MediaOutput output) {
    String container = output.context().oformat().name().getString();
    try {
      Optional<Conversion> conversion = Conversion.of(stream, container);
      if (conversion.isPresent()) {
        conversions.put(stream.index(), conversion.get());
        AVStream to = output.addStream();
        conversion.get().describe(to);
        to.disposition(stream.disposition());
        copyTags(stream.metadata(), to::metadata);
        targets.put(stream.index(), to);
        return "converted stream %d from %s to %s: a %s file cannot store the original"
            .formatted(
                stream.index(),
                avcodec_get_name(stream.codecpar().codec_id()).getString(),
                avcodec_get_name(to.codecpar().codec_id()).getString(),
                container);
      }
    } catch (MediaException e) {
      return dropped(stream, output) + ", and it cannot be converted: " + e.getMessage();
    }
    return dropped(stream, output);
  }

  /** Returns the next packet, ready to be written; valid until the following call. */
  Optional<AVPacket> next() {
    av_packet_unref(current);
    while (converted.isEmpty()) {
      Optional<AVPacket> next = packets.next();
      if (next.isEmpty()) {
        if (conversions.isEmpty()) {
          return Optional.empty();
        }
        conversions.forEach((i, c) -> c.end(p -> keep(p, i, c)));
        conversions.values().forEach(Conversion::close);
        conversions.clear();
      } else if (isInSpan(next.get())) {
        Conversion conversion = conversions.get(next.get().stream_index());
        if (conversion == null) {
          return Optional.of(stamped(next.get()));
        }
        int from = next.get().stream_index();
        shift(next.get());
        conversion.put(next.get(), p -> keep(p, from, conversion));
      }
    }
    AVPacket first = converted.remove();
    av_packet_move_ref(current, first);
    av_packet_free(first);
    return Optional.of(current);
  }

  private boolean isInSpan(AVPacket packet) {
    return span.contains(packet.pts(), input.context().streams(packet.stream_index()).time_base());
  }

  /** Returns warnings about corrected times. */
  List<String> repairs() {
    return packets.repairs();
  }

  private void shift(AVPacket packet) {
    span.shift(packet, input.context().streams(packet.stream_index()).time_base());
  }

  private AVPacket stamped(AVPacket packet) {
    AVStream target = Objects.requireNonNull(targets.get(packet.stream_index()));
    shift(packet);
    av_packet_rescale_ts(
        packet, input.context().streams(packet.stream_index()).time_base(), target.time_base());
    packet.stream_index(target.index());
    packet.pos(-1);
    return packet;
  }

  private void keep(AVPacket packet, int from, Conversion conversion) {
    AVPacket kept = av_packet_clone(packet);
    AVStream target = Objects.requireNonNull(targets.get(from));
    av_packet_rescale_ts(kept, conversion.timeBase(), target.time_base());
    kept.stream_index(target.index());
    converted.add(kept);
  }

  /** Returns whether a packet of another stream precedes a time of the video. */
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
    conversions.values().forEach(Conversion::close);
    converted.forEach(packet -> av_packet_free(packet));
    av_packet_free(current);
    packets.close();
    input.close();
  }
}
