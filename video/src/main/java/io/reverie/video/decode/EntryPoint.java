package io.reverie.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_parser_close;
import static org.bytedeco.ffmpeg.global.avcodec.av_parser_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_parser_parse2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_B;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_P;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Detects packets at which decoding can start. The key flag is not enough: with periodic intra
 * refresh P frames carry it, too.
 */
final class EntryPoint implements AutoCloseable {

  /** A flag that the presets do not map. */
  private static final int COMPLETE_FRAMES = 1;

  private final AVCodecParserContext parser;
  private final AVCodecContext codec;
  private final BytePointer out = new BytePointer((org.bytedeco.javacpp.Pointer) null);
  private final IntPointer outSize = new IntPointer(1L);

  EntryPoint(AVCodecParameters parameters) {
    parser = av_parser_init(parameters.codec_id());
    codec = avcodec_alloc_context3(null);
    avcodec_parameters_to_context(codec, parameters);
    if (parser != null) {
      parser.flags(parser.flags() | COMPLETE_FRAMES);
    }
  }

  boolean isEntry(AVPacket packet) {
    if (parser == null || packet.size() == 0) {
      return true;
    }
    av_parser_parse2(
        parser,
        codec,
        out,
        outSize,
        packet.data(),
        packet.size(),
        packet.pts(),
        packet.dts(),
        packet.pos());
    return parser.pict_type() != AV_PICTURE_TYPE_P && parser.pict_type() != AV_PICTURE_TYPE_B;
  }

  @Override
  public void close() {
    if (parser != null) {
      av_parser_close(parser);
    }
    avcodec_free_context(codec);
    outSize.close();
  }
}
