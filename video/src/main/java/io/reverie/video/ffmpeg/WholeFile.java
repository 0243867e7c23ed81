package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_FLOAT;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.Rational;
import io.reverie.video.allowlist.Decoders;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Decodes stills that a decoder takes as one packet: BMP, OpenEXR, and a GIF's first picture. */
public final class WholeFile {

  private static final Rational ONE = new Rational(1, 1);

  private WholeFile() {}

  /**
   * Decodes a file.
   *
   * @param file from position 0
   * @param codec FFmpeg's name of the decoder
   * @param name for error messages
   * @return the picture with alpha; from a decoder of floats, linear light with 1 for white
   * @throws MediaException if it cannot be decoded
   */
  public static Frame decode(ByteBuffer file, String codec, String name) {
    Ffmpeg.quiet();
    AVCodec decoder = avcodec_find_decoder_by_name(codec);
    if (decoder == null || decoder.isNull() || !Decoders.allowsStill(codec)) {
      throw new MediaException("%s: no decoder for %s; convert it first".formatted(name, codec));
    }
    AVCodecContext context = avcodec_alloc_context3(decoder);
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    try {
      context.thread_count(1);
      context.max_pixels(Math.min(Decoders.MAX_PIXELS, CodedSize.most()));
      String failure = "cannot be decoded; it may be damaged";
      Ffmpeg.check(avcodec_open2(context, decoder, (AVDictionary) null), failure, name);
      Ffmpeg.check(av_new_packet(packet, file.limit()), failure, name);
      packet.data().capacity(file.limit()).asByteBuffer().put(file.duplicate().position(0));
      Ffmpeg.check(avcodec_send_packet(context, packet), failure, name);
      Ffmpeg.check(avcodec_send_packet(context, null), failure, name);
      Ffmpeg.check(avcodec_receive_frame(context, frame), failure, name);
      return frame(frame);
    } finally {
      av_frame_free(frame);
      av_packet_free(packet);
      avcodec_free_context(context);
    }
  }

  private static Frame frame(AVFrame decoded) {
    if ((av_pix_fmt_desc_get(decoded.format()).flags() & AV_PIX_FMT_FLAG_FLOAT) != 0) {
      // Without a filter, which would clip what is brighter than white.
      return FramePixels.readFloats(decoded);
    }
    try (FrameFilter filter = new FrameFilter(decoded, ONE, "format=rgba")) {
      filter.put(decoded);
      filter.end();
      if (!filter.next()) {
        throw new MediaException("a picture could not be converted");
      }
      return FramePixels.read(filter.frame(), false, true, 0, false);
    }
  }
}
