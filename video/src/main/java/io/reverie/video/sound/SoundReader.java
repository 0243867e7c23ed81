package io.reverie.video.sound;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.allowlist.Decoders;
import io.reverie.video.ffmpeg.ConstructionGuard;
import io.reverie.video.ffmpeg.FrameFilter;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.PacketReader;
import io.reverie.video.ffmpeg.StreamDecoders;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.FloatPointer;

/** Decodes the main audio track of a file and applies filters. */
public final class SoundReader implements AutoCloseable {

  private static final int GAPS_PER_SECOND = 50;

  private final MediaInput input;
  private final PacketReader packets;
  private final int stream;
  private final AVRational unit;
  private final AVRational sample;
  private final String chain;
  private final AVCodecContext decoder;
  private final AVFrame frame;
  private Optional<FrameFilter> filter = Optional.empty();
  private Shape shape = new Shape(0, 0, 0);
  private boolean ended;
  private boolean begun;
  private long next;

  /**
   * Consecutive samples.
   *
   * @param first time of the first sample, in samples since zero of the file's clock
   * @param values floats, normally in -1..1, with interleaved channels
   */
  public record Block(long first, float[] values) {}

  /** The audio format that a filter chain is built for. */
  private record Shape(int rate, int format, int channels) {}

  private SoundReader(MediaInput input, int stream, int rate, String chain) {
    this.input = input;
    this.stream = stream;
    this.chain = "aresample=%d,%s,aformat=sample_fmts=flt".formatted(rate, chain);
    AVStream format = input.context().streams(stream);
    this.unit = new AVRational().num(format.time_base().num()).den(format.time_base().den());
    this.sample = new AVRational().num(1).den(rate);
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.frame = guard.add(av_frame_alloc(), f -> av_frame_free(f));
      this.packets = guard.add(new PacketReader(input), PacketReader::close);
      this.decoder = StreamDecoders.open(format);
      guard.complete();
    }
  }

  /**
   * Opens the track that a player would select; the caller closes it.
   *
   * @param rate output sample rate in Hz
   * @param chain FFmpeg filters in command-line syntax
   * @return empty if the file has no sound
   * @throws MediaException if the file or its sound cannot be read
   */
  public static Optional<SoundReader> open(MediaSource media, int rate, String chain) {
    try (ConstructionGuard guard = new ConstructionGuard()) {
      MediaInput input = guard.add(MediaInput.open(media), MediaInput::close);
      int stream =
          av_find_best_stream(input.context(), AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
      if (stream < 0) {
        return Optional.empty();
      }
      SoundReader reader = new SoundReader(input, stream, rate, chain);
      guard.complete();
      return Optional.of(reader);
    }
  }

  /** Returns the next samples; empty at the end. */
  public Optional<Block> next() {
    while (true) {
      if (filter.isPresent() && filter.get().next()) {
        return Optional.of(block(filter.get().frame()));
      }
      if (ended) {
        return Optional.empty();
      }
      feed();
    }
  }

  /** Feeds a frame or the end to the filter. Damaged packets are skipped, as in players. */
  private void feed() {
    if (avcodec_receive_frame(decoder, frame) >= 0) {
      filter(frame);
      return;
    }
    Optional<AVPacket> packet = packets.next(stream);
    if (packet.isPresent()) {
      avcodec_send_packet(decoder, packet.get());
      return;
    }
    avcodec_send_packet(decoder, null);
    while (avcodec_receive_frame(decoder, frame) >= 0) {
      filter(frame);
    }
    filter.ifPresent(FrameFilter::end);
    ended = true;
  }

  private void filter(AVFrame decoded) {
    if (!Decoders.allowsRate(decoded.sample_rate())) {
      av_frame_unref(decoded);
      return;
    }
    decoded.pts(decoded.best_effort_timestamp());
    Shape format =
        new Shape(decoded.sample_rate(), decoded.format(), decoded.ch_layout().nb_channels());
    if (!format.equals(shape)) {
      // A broadcast may change its audio format; the old chain holds only a few milliseconds.
      filter.ifPresent(FrameFilter::close);
      filter = Optional.empty();
      String arguments = StreamDecoders.filterArguments(decoded, unit);
      filter = Optional.of(FrameFilter.ofSound(decoded, unit, arguments, chain));
      shape = format;
    }
    filter.get().put(decoded);
    av_frame_unref(decoded);
  }

  private Block block(AVFrame ready) {
    int channels = ready.ch_layout().nb_channels();
    float[] values = new float[ready.nb_samples() * channels];
    new FloatPointer(ready.data(0)).get(values);
    long first = ready.pts() == AV_NOPTS_VALUE ? next : steady(filter.get().pts(sample));
    next = first + ready.nb_samples();
    return new Block(first, values);
  }

  /** Joins samples despite the jitter of coarse timestamps, but keeps real gaps. */
  private long steady(long time) {
    boolean jitter = begun && Math.abs(time - next) < sample.den() / GAPS_PER_SECOND;
    begun = true;
    return jitter ? next : time;
  }

  @Override
  public void close() {
    filter.ifPresent(FrameFilter::close);
    av_frame_free(frame);
    avcodec_free_context(decoder);
    packets.close();
    input.close();
    unit.close();
    sample.close();
  }
}
