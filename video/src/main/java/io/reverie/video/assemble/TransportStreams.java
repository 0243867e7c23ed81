package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC_LATM;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_DIRAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_DTS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_DVB_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_DVB_TELETEXT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_EAC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_JPEG2000;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP2;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG1VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG2VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_S302M;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_TRUEHD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VC1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VVC;

import java.util.Set;

/**
 * The codecs that an MPEG transport stream identifies. FFmpeg's muxer accepts any other as private
 * data, which players ignore.
 */
final class TransportStreams {

  private static final Set<Integer> CODECS =
      Set.of(
          // Videos
          AV_CODEC_ID_MPEG1VIDEO,
          AV_CODEC_ID_MPEG2VIDEO,
          AV_CODEC_ID_H264,
          AV_CODEC_ID_HEVC,
          AV_CODEC_ID_VVC,
          AV_CODEC_ID_VC1,
          AV_CODEC_ID_DIRAC,
          AV_CODEC_ID_JPEG2000,
          // Sound
          AV_CODEC_ID_MP2,
          AV_CODEC_ID_MP3,
          AV_CODEC_ID_AAC,
          AV_CODEC_ID_AAC_LATM,
          AV_CODEC_ID_AC3,
          AV_CODEC_ID_EAC3,
          AV_CODEC_ID_DTS,
          AV_CODEC_ID_TRUEHD,
          AV_CODEC_ID_OPUS,
          AV_CODEC_ID_S302M,
          // Subtitles
          AV_CODEC_ID_DVB_SUBTITLE,
          AV_CODEC_ID_DVB_TELETEXT);

  private TransportStreams() {}

  static boolean store(int codec) {
    return CODECS.contains(codec);
  }
}
