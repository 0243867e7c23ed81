package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reverie.video.ffmpeg.MainStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Estimates how many packets a stream has, without reading them. */
final class StreamSamples {

  /** Packets of Opus are 20 ms long, of AAC 21 ms, of other usual codecs longer. */
  private static final int SOUND_PER_SECOND = 60;

  /** Frames of another video whose rate is not known. */
  private static final int PICTURES_PER_SECOND = 60;

  /** Of subtitles and data. */
  private static final int OTHERS_PER_SECOND = 4;

  private StreamSamples() {}

  /**
   * Estimates the number of packets in the output, whether they are copied or converted.
   *
   * @param seconds of the output
   */
  static long count(AVStream stream, double seconds) {
    if (StreamHandling.isCover(stream)) {
      return 1;
    }
    // Where the container lists the packets, more than those of the output.
    return Math.max(
        avformat_index_get_entries_count(stream),
        (long) Math.ceil(perSecond(stream) * (seconds + 1)));
  }

  private static double perSecond(AVStream stream) {
    AVCodecParameters codec = stream.codecpar();
    if (codec.codec_type() == AVMEDIA_TYPE_VIDEO) {
      return Math.max(PICTURES_PER_SECOND, MainStream.rate(stream).toDouble());
    }
    if (codec.codec_type() != AVMEDIA_TYPE_AUDIO) {
      return OTHERS_PER_SECOND;
    }
    return codec.frame_size() > 0
        ? Math.max(SOUND_PER_SECOND, 1.0 * codec.sample_rate() / codec.frame_size())
        : SOUND_PER_SECOND;
  }

  /** Returns whether its unit of time is too coarse for the samples of its sound. */
  static boolean isRounded(AVStream stream) {
    return stream.codecpar().codec_type() != AVMEDIA_TYPE_AUDIO
        || stream.time_base().den() < stream.codecpar().sample_rate();
  }
}
