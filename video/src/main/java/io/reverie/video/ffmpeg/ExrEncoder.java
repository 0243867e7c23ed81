package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRAPF32;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRPF32;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.reverie.video.Frame;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Encodes OpenEXR: 32-bit floating-point numbers, compressed without loss. */
public final class ExrEncoder {

  private ExrEncoder() {}

  /**
   * Encodes a picture.
   *
   * @param light premultiplied linear light, 1 being white; alpha in 0..255
   * @param name for error messages
   */
  public static byte[] encode(Frame light, String name) {
    Ffmpeg.quiet();
    AVCodec encoder = avcodec_find_encoder_by_name("exr");
    AVCodecContext context = avcodec_alloc_context3(encoder);
    AVFrame frame = av_frame_alloc();
    AVPacket packet = av_packet_alloc();
    try (AVRational unit = new AVRational().num(1).den(1);
        CodecOptions options = new CodecOptions()) {
      String failure = "could not be encoded";
      int format = light.alpha().isPresent() ? AV_PIX_FMT_GBRAPF32 : AV_PIX_FMT_GBRPF32;
      context.width(light.width());
      context.height(light.height());
      context.pix_fmt(format);
      context.time_base(unit);
      context.thread_count(1);
      options.set("compression", "zip16");
      Ffmpeg.check(avcodec_open2(context, encoder, options.dictionary()), failure, name);
      frame.width(light.width());
      frame.height(light.height());
      frame.format(format);
      Ffmpeg.check(av_frame_get_buffer(frame, 0), failure, name);
      FramePixels.writeFloats(light, frame);
      Ffmpeg.check(avcodec_send_frame(context, frame), failure, name);
      Ffmpeg.check(avcodec_send_frame(context, null), failure, name);
      Ffmpeg.check(avcodec_receive_packet(context, packet), failure, name);
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      return bytes;
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
      avcodec_free_context(context);
    }
  }
}
