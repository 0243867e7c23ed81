package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.VideoIndex.Entry;
import io.reverie.video.allowlist.Decoders;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Decodes the main stream of a file, from the start or from an entry point. Never stops at an
 * error.
 */
public final class Decoder implements AutoCloseable {

  // Flags that the presets do not map.
  private static final int CORRUPT = 1;
  private static final int INTERLACED = 1 << 3;
  private static final int FAIL_AT_ANY_ERROR = 1 << 3;

  private final MediaInput input;
  private final int stream;
  private final PacketReader packets;
  private final AVCodecContext codec;
  private final AVFrame frame;
  private final boolean untimed;
  private final long duration;
  private Optional<AVPacket> pending = Optional.empty();
  private boolean drained;
  private long entered = Long.MAX_VALUE;
  private long fed = Long.MAX_VALUE;
  private boolean doubtful;
  private long pts = AV_NOPTS_VALUE;

  private Decoder(MediaInput input, VideoIndex index) {
    this.input = input;
    this.stream = index.stream();
    try (ConstructionGuard guard = new ConstructionGuard()) {
      guard.add(input, MediaInput::close);
      this.packets = guard.add(new PacketReader(input), PacketReader::close);
      this.frame = guard.add(av_frame_alloc(), f -> av_frame_free(f));
      this.untimed = MainStream.isUntimed(input, input.context().streams(stream));
      this.codec = codec(input, input.context().streams(stream), index);
      guard.complete();
    }
    double perFrame = index.timeBase().toDouble() * index.rate().toDouble();
    this.duration = perFrame > 0 ? Math.max(1, Math.round(1 / perFrame)) : 1;
  }

  public static Decoder fromStart(MediaSource media, VideoIndex index) {
    return new Decoder(MediaInput.open(media), index);
  }

  /**
   * Starts at a key packet of the index. Error concealment may use much earlier frames, so any
   * error makes the result {@link #doubtful}.
   *
   * @return empty if seeking fails; decode from the start then
   */
  public static Optional<Decoder> from(MediaSource media, VideoIndex index, Entry entry) {
    try (ConstructionGuard guard = new ConstructionGuard()) {
      Decoder decoding = guard.add(fromStart(media, index), Decoder::close);
      decoding.prime();
      decoding.entered = entry.pts();
      if (!decoding.seek(entry.pts(), entry) && !decoding.seek(entry.dts(), entry)) {
        return Optional.empty();
      }
      guard.complete();
      return Optional.of(decoding);
    }
  }

  private static AVCodecContext codec(MediaInput input, AVStream stream, VideoIndex index) {
    AVCodecParameters parameters = stream.codecpar();
    AVCodec decoder = decoder(parameters.codec_id(), index.alpha());
    if (decoder == null || decoder.isNull() || !Decoders.allows(decoder.name().getString())) {
      throw new MediaException(
          "%s: no decoder for its video codec %s; convert it first"
              .formatted(input.name(), index.codec()));
    }
    return Ffmpeg.openDecoder(decoder, stream, "its decoder failed", input.name());
  }

  /** Returns the decoder; FFmpeg's own VP8 and VP9 decoders ignore transparency. */
  private static AVCodec decoder(int id, boolean alpha) {
    if (alpha && (id == AV_CODEC_ID_VP9 || id == AV_CODEC_ID_VP8)) {
      return avcodec_find_decoder_by_name(id == AV_CODEC_ID_VP9 ? "libvpx-vp9" : "libvpx");
    }
    return avcodec_find_decoder(id);
  }

  /**
   * Decodes the first packet of the stream. Some decoders need data from it: later key frames of an
   * x264 stream decode to garbage without the version number in the first.
   */
  private void prime() {
    packets.next(stream).ifPresent(first -> avcodec_send_packet(codec, first));
    while (avcodec_receive_frame(codec, frame) >= 0) {
      av_frame_unref(frame);
    }
    avcodec_flush_buffers(codec);
  }

  private boolean seek(long to, Entry entry) {
    if (av_seek_frame(input.context(), stream, to, AVSEEK_FLAG_BACKWARD) < 0) {
      return false;
    }
    pending = packets.next(stream);
    return pending.isPresent()
        && (pending.get().flags() & AV_PKT_FLAG_KEY) != 0
        && pending.get().pts() <= entry.pts();
  }

  /** Decodes the next frame; returns false at the end. */
  public boolean next() {
    while (true) {
      av_frame_unref(frame);
      int received = avcodec_receive_frame(codec, frame);
      if (received >= 0) {
        pts = time();
        doubtful |= corrupt() && pts >= entered;
        return true;
      }
      if (received != AVERROR_EAGAIN()) {
        if (drained) {
          return false;
        }
        doubtful |= fed >= entered;
      }
      feed();
    }
  }

  /**
   * Feeds a packet. After a seek the decoder is strict, except for frames that depend on unread
   * ones and the first frame that misses them.
   */
  private void feed() {
    Optional<AVPacket> packet = pending.isPresent() ? pending : packets.next(stream);
    pending = Optional.empty();
    if (packet.isPresent()) {
      boolean strict = packet.get().pts() >= entered && fed >= entered;
      codec.err_recognition(strict ? FAIL_AT_ANY_ERROR : 0);
      fed = packet.get().pts();
      if (avcodec_send_packet(codec, packet.get()) < 0) {
        doubtful |= fed >= entered;
      }
    } else {
      avcodec_send_packet(codec, null);
      drained = true;
    }
  }

  /** Returns the current frame; valid until the following call of {@link #next}. */
  public AVFrame frame() {
    return frame;
  }

  public long pts() {
    return pts;
  }

  /** Returns the presentation time; frames of untimed streams are counted. */
  private long time() {
    if (!untimed && frame.best_effort_timestamp() != AV_NOPTS_VALUE) {
      return frame.best_effort_timestamp();
    }
    return pts == AV_NOPTS_VALUE ? 0 : pts + duration;
  }

  /** Returns the size of the current frame with square pixels, before it is turned upright. */
  public Size shown() {
    return StreamInfo.shown(input, input.context().streams(stream), frame);
  }

  public boolean corrupt() {
    return (frame.flags() & CORRUPT) != 0 || frame.decode_error_flags() != 0;
  }

  public boolean interlaced() {
    return (frame.flags() & INTERLACED) != 0;
  }

  /**
   * Returns whether an error occurred since the entry point. Frames displayed before it do not
   * count, because they depend on unread ones.
   */
  public boolean doubtful() {
    return doubtful;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    avcodec_free_context(codec);
    packets.close();
    input.close();
  }
}
