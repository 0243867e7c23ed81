package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_BIN_DATA;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_DATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_get_media_type_string;

import io.reverie.video.MediaSource;
import io.reverie.video.ffmpeg.MediaInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;

/**
 * How a stream of the source is handled in a container that may not be able to store it.
 *
 * @param sentence for the user; empty if none is needed
 */
record StreamHandling(Action action, String sentence) {

  /** What the assembler does with a stream. */
  enum Action {
    COPY,
    /** A cover becomes an attached file. */
    ATTACH,
    CONVERT,
    /** The muxer writes it from tags or chapters. */
    RECREATE,
    DROP
  }

  /** In place of the container of outputs such as {@code %05d.png}, which store no other stream. */
  static final String STILLS = "numbered images";

  /** "tmcd", as a codec tag. */
  private static final int TIMECODE = 't' | ('m' << 8) | ('c' << 16) | ('d' << 24);

  private static final Set<String> TIMECODE_TRACKS = Set.of("mp4", "mov");
  private static final Set<String> TIMECODE_TAGS = Set.of("matroska", "webm");

  /**
   * Lists what becomes of all streams except the dreamed one, and lost chapters.
   *
   * @param container FFmpeg's name of the output's
   */
  static List<String> sentences(MediaSource source, int dreamed, String container) {
    List<String> sentences = new ArrayList<>();
    try (MediaInput input = MediaInput.open(source)) {
      for (int i = 0; i < input.context().nb_streams(); i++) {
        String sentence = i == dreamed ? "" : of(input.context(), i, container).sentence();
        if (!sentence.isEmpty()) {
          sentences.add(sentence);
        }
      }
      Chapters.loss(input.context(), container).ifPresent(sentences::add);
    }
    return sentences;
  }

  static StreamHandling of(AVFormatContext input, int number, String container) {
    AVStream stream = input.streams(number);
    if (isTimecode(stream)) {
      return timecode(stream, container);
    }
    if (!isDescribed(stream.codecpar())) {
      return new StreamHandling(
          Action.DROP,
          "dropped stream %d (%s): the file does not describe its format"
              .formatted(number, type(stream)));
    }
    if (container.equals("matroska") && isCover(stream)) {
      return new StreamHandling(Action.ATTACH, "attached the cover " + name(stream));
    }
    if (!container.equals("mp4") && isCover(stream)) {
      // FFmpeg's muxers would leave it out without a word, or write a video of one frame.
      return new StreamHandling(Action.DROP, dropped(stream, container));
    }
    if (supports(container, stream.codecpar())) {
      return new StreamHandling(Action.COPY, "copied " + name(stream));
    }
    if (isChapterTrack(input, stream)) {
      return new StreamHandling(Action.RECREATE, "");
    }
    return Conversion.target(stream, container)
        .map(to -> new StreamHandling(Action.CONVERT, converted(stream, to, container)))
        .orElseGet(() -> new StreamHandling(Action.DROP, dropped(stream, container)));
  }

  private static boolean isTimecode(AVStream stream) {
    return stream.codecpar().codec_type() == AVMEDIA_TYPE_DATA
        && stream.codecpar().codec_tag() == TIMECODE;
  }

  private static StreamHandling timecode(AVStream stream, String container) {
    if (TIMECODE_TRACKS.contains(container)) {
      return new StreamHandling(
          Action.RECREATE, "kept stream %d (timecode)".formatted(stream.index()));
    }
    if (TIMECODE_TAGS.contains(container)) {
      return new StreamHandling(
          Action.RECREATE, "kept stream %d (timecode) as a tag".formatted(stream.index()));
    }
    return new StreamHandling(
        Action.DROP,
        "dropped stream %d (timecode): %s cannot store it"
            .formatted(stream.index(), title(container)));
  }

  static boolean isCover(AVStream stream) {
    return stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO
        && (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
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

  /**
   * Returns whether this is the text track in which MP4 stores chapter titles; chapters are copied
   * separately.
   */
  private static boolean isChapterTrack(AVFormatContext input, AVStream stream) {
    return stream.codecpar().codec_type() == AVMEDIA_TYPE_DATA
        && stream.codecpar().codec_id() == AV_CODEC_ID_BIN_DATA
        && input.nb_chapters() > 0;
  }

  private static boolean supports(String container, AVCodecParameters codec) {
    int type = codec.codec_type();
    if (container.equals(STILLS)) {
      return false;
    }
    if (type == AVMEDIA_TYPE_ATTACHMENT) {
      return container.equals("matroska");
    }
    if (container.equals("mpegts")) {
      return TransportStreams.store(codec.codec_id());
    }
    boolean media =
        type == AVMEDIA_TYPE_AUDIO || type == AVMEDIA_TYPE_SUBTITLE || type == AVMEDIA_TYPE_VIDEO;
    return media
        && avformat_query_codec(av_guess_format(container, null, null), codec.codec_id(), 0) == 1;
  }

  private static String converted(AVStream stream, String to, String container) {
    return "converted stream %d from %s to %s: %s cannot store the original"
        .formatted(
            stream.index(),
            avcodec_get_name(stream.codecpar().codec_id()).getString(),
            to,
            title(container));
  }

  static String dropped(AVStream stream, String container) {
    return "dropped %s: %s cannot store it".formatted(name(stream), title(container));
  }

  /** Returns the usual name of files with a container. */
  static String title(String container) {
    return switch (container) {
      case "matroska" -> "Matroska files";
      case "mpegts" -> "MPEG-TS files";
      case "webm" -> "WebM files";
      case "webp" -> "WebP files";
      case STILLS -> STILLS;
      default -> container.toUpperCase(Locale.ROOT) + " files";
    };
  }

  private static String name(AVStream stream) {
    AVDictionaryEntry language = av_dict_get(stream.metadata(), "language", null, 0);
    return "stream %d (%s, %s%s)"
        .formatted(
            stream.index(),
            type(stream),
            avcodec_get_name(stream.codecpar().codec_id()).getString(),
            language == null || language.isNull() ? "" : ", " + language.value().getString());
  }

  private static String type(AVStream stream) {
    return av_get_media_type_string(stream.codecpar().codec_type()).getString();
  }
}
