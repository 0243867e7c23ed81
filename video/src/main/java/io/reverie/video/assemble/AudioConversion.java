package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;

import io.reverie.video.allowlist.Decoders;
import io.reverie.video.ffmpeg.ConstructionGuard;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.FrameFilter;
import io.reverie.video.ffmpeg.StreamDecoders;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/** Re-encodes audio at 48 kHz with the same number of channels. */
final class AudioConversion implements Conversion {

  private static final int RATE = 48_000;
  private static final long BITS_PER_CHANNEL = 96_000;

  /** 1/50 s in samples. */
  private static final long GAP = RATE / 50;

  private final AVRational unit;
  private final AVRational sample = new AVRational().num(1).den(RATE);
  private final AVCodecContext decoder;
  private final AVCodecContext encoder;
  private final AVPacket packet;
  private final AVFrame frame;
  private long next;
  private boolean started;
  private String arguments = "";
  private Optional<FrameFilter> filter = Optional.empty();

  AudioConversion(AVStream from, String codec) {
    this.unit = new AVRational().num(from.time_base().num()).den(from.time_base().den());
    AVCodec to = avcodec_find_encoder_by_name(codec);
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.packet = guard.add(av_packet_alloc(), p -> av_packet_free(p));
      this.frame = guard.add(av_frame_alloc(), f -> av_frame_free(f));
      this.decoder = guard.add(StreamDecoders.open(from), c -> avcodec_free_context(c));
      this.encoder = guard.add(avcodec_alloc_context3(to), c -> avcodec_free_context(c));
      open(to, codec, from.codecpar().ch_layout().nb_channels());
      guard.complete();
    }
  }

  private void open(AVCodec to, String codec, int channels) {
    av_channel_layout_default(encoder.ch_layout(), channels);
    encoder.sample_rate(RATE);
    encoder.sample_fmt(codec.equals("aac") ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT);
    encoder.time_base(sample);
    encoder.bit_rate(BITS_PER_CHANNEL * channels);
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    Ffmpeg.check(
        avcodec_open2(encoder, to, (AVDictionary) null),
        "does not support %d channels".formatted(channels),
        "encoder " + codec);
  }

  @Override
  public void describe(AVStream target) {
    avcodec_parameters_from_context(target.codecpar(), encoder);
    target.time_base(sample);
  }

  @Override
  public AVRational timeBase() {
    return sample;
  }

  @Override
  public void put(AVPacket in, Consumer<AVPacket> out) {
    // Damaged packets are skipped, as in players.
    if (avcodec_send_packet(decoder, in) >= 0) {
      decode(out);
    }
  }

  private void decode(Consumer<AVPacket> out) {
    while (avcodec_receive_frame(decoder, frame) >= 0) {
      if (Decoders.allowsRate(frame.sample_rate())) {
        frame.pts(frame.best_effort_timestamp());
        fit();
        filter.orElseThrow().put(frame);
        filtered(out);
      }
      av_frame_unref(frame);
    }
  }

  /**
   * Rebuilds the filters if a broadcast changes its audio format; the old filters hold only a few
   * milliseconds.
   */
  private void fit() {
    String current = StreamDecoders.filterArguments(frame, unit);
    if (!current.equals(arguments)) {
      filter.ifPresent(FrameFilter::close);
      filter = Optional.of(filter(current));
      arguments = current;
    }
  }

  private FrameFilter filter(String arguments) {
    String chain =
        "aresample=%d,aformat=sample_fmts=%s:channel_layouts=%s"
            .formatted(
                RATE,
                av_get_sample_fmt_name(encoder.sample_fmt()).getString(),
                StreamDecoders.channelLayout(encoder.ch_layout()));
    FrameFilter built = FrameFilter.ofSound(frame, unit, arguments, chain);
    built.samples(encoder.frame_size());
    return built;
  }

  private void filtered(Consumer<AVPacket> out) {
    while (filter.isPresent() && filter.get().next()) {
      AVFrame ready = filter.get().frame();
      next = ready.pts() == AV_NOPTS_VALUE ? next : begin(filter.get().pts(sample));
      ready.pts(next);
      next += ready.nb_samples();
      encode(ready, out);
    }
  }

  /** Joins frames despite the jitter of coarse timestamps, but keeps real gaps. */
  private long begin(long time) {
    return started && time < next + GAP ? next : start(time);
  }

  private long start(long time) {
    started = true;
    return time;
  }

  private void encode(@Nullable AVFrame ready, Consumer<AVPacket> out) {
    Ffmpeg.check(avcodec_send_frame(encoder, ready), "a frame was rejected", "audio encoder");
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      out.accept(packet);
      av_packet_unref(packet);
    }
  }

  @Override
  public void end(Consumer<AVPacket> out) {
    avcodec_send_packet(decoder, null);
    decode(out);
    filter.ifPresent(FrameFilter::end);
    filtered(out);
    encode(null, out);
  }

  @Override
  public void close() {
    filter.ifPresent(FrameFilter::close);
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(encoder);
    avcodec_free_context(decoder);
  }
}
