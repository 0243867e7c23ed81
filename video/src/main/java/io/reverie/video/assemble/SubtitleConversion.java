package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_decode_subtitle2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_encode_subtitle;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avsubtitle_free;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import io.reverie.video.ffmpeg.ConstructionGuard;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.StreamDecoders;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVSubtitle;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/** Converts text subtitles to another text format; times stay. */
final class SubtitleConversion implements Conversion {

  private static final int LARGEST = 1 << 18;

  private final AVRational unit;
  private final AVCodecContext decoder;
  private final AVCodecContext encoder;
  private final AVPacket packet;
  private final BytePointer buffer = new BytePointer(LARGEST);

  SubtitleConversion(AVStream from, String codec) {
    this.unit = new AVRational().num(from.time_base().num()).den(from.time_base().den());
    AVCodec to = avcodec_find_encoder_by_name(codec);
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.packet = guard.add(av_packet_alloc(), p -> av_packet_free(p));
      this.decoder = guard.add(StreamDecoders.open(from), c -> avcodec_free_context(c));
      this.encoder = guard.add(avcodec_alloc_context3(to), c -> avcodec_free_context(c));
      open(to, codec);
      guard.complete();
    }
  }

  private void open(AVCodec to, String codec) {
    encoder.time_base().num(1).den(1000);
    int length = decoder.subtitle_header_size();
    if (length > 0) {
      // The encoder frees the header, so FFmpeg must allocate it.
      BytePointer header = new BytePointer(av_mallocz(length + 1L));
      byte[] styles = new byte[length];
      decoder.subtitle_header().get(styles);
      header.put(styles, 0, length);
      encoder.subtitle_header(header);
      encoder.subtitle_header_size(length);
    }
    Ffmpeg.check(
        avcodec_open2(encoder, to, (AVDictionary) null), "cannot be opened", "encoder " + codec);
  }

  @Override
  public void describe(AVStream target) {
    avcodec_parameters_from_context(target.codecpar(), encoder);
    target.time_base(unit);
  }

  @Override
  public AVRational timeBase() {
    return unit;
  }

  @Override
  public void put(AVPacket in, Consumer<AVPacket> out) {
    int[] complete = new int[1];
    try (AVSubtitle subtitle = new AVSubtitle()) {
      if (avcodec_decode_subtitle2(decoder, subtitle, complete, in) < 0 || complete[0] == 0) {
        return;
      }
      int size =
          subtitle.num_rects() == 0
              ? 0
              : avcodec_encode_subtitle(encoder, buffer, LARGEST, subtitle);
      avsubtitle_free(subtitle);
      if (size > 0) {
        write(in, size, out);
      }
    }
  }

  private void write(AVPacket in, int size, Consumer<AVPacket> out) {
    byte[] text = new byte[size];
    buffer.position(0).get(text);
    Ffmpeg.check(av_new_packet(packet, size), "no memory", "subtitles");
    packet.data().put(text, 0, size);
    packet.pts(in.pts());
    packet.dts(in.pts());
    packet.duration(in.duration());
    out.accept(packet);
    av_packet_unref(packet);
  }

  @Override
  public void end(Consumer<AVPacket> out) {}

  @Override
  public void close() {
    av_packet_free(packet);
    avcodec_free_context(encoder);
    avcodec_free_context(decoder);
    buffer.close();
  }
}
