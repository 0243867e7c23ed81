package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.MediaOutput;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Writes the packets of all streams in the order of their decoding times. */
final class Interleaving {

  private final SegmentPackets video;
  private final DecodeTimes times;
  private final AVStream target;
  private final Optional<OtherStreams> others;
  private final MediaOutput out;
  private final OutputSpan span;
  private final long origin;
  private long rejected;

  Interleaving(
      SegmentPackets video,
      DecodeTimes times,
      AVStream target,
      Optional<OtherStreams> others,
      MediaOutput out,
      OutputSpan span,
      long origin) {
    this.video = video;
    this.times = times;
    this.target = target;
    this.others = others;
    this.out = out;
    this.span = span;
    this.origin = origin;
  }

  /**
   * Writes all packets.
   *
   * @return the number of packets of the video
   * @throws StaleTimesException if they are not those whose times are known
   */
  long run() {
    Optional<AVPacket> other = others.flatMap(OtherStreams::next);
    int i = 0;
    for (Optional<AVPacket> next = video.next(); next.isPresent(); next = video.next()) {
      AVPacket packet = stamped(next.get(), i++);
      while (other.isPresent() && others.get().isBefore(other.get(), out, packet.dts(), target)) {
        put(other.get());
        other = others.get().next();
      }
      put(packet);
    }
    if (i < times.count()) {
      throw new StaleTimesException();
    }
    while (other.isPresent()) {
      put(other.get());
      other = others.get().next();
    }
    rejected += out.flush();
    return i;
  }

  /** Writes a packet and counts rejections: damaged audio must not lose the video. */
  private void put(AVPacket packet) {
    rejected += out.tryWrite(packet) ? 0 : 1;
  }

  Optional<String> rejections() {
    return rejected == 0
        ? Optional.empty()
        : Optional.of(
            "dropped %d damaged packet%s of sound or subtitles"
                .formatted(rejected, rejected == 1 ? "" : "s"));
  }

  private AVPacket stamped(AVPacket packet, int i) {
    AVRational timeBase = Ffmpeg.toNative(span.timeBase());
    long pts = av_rescale_q(packet.pts(), video.stream().time_base(), timeBase) + origin;
    if (!times.has(i, pts)) {
      throw new StaleTimesException();
    }
    packet.stream_index(target.index());
    packet.pts(pts + span.offset());
    packet.dts(times.dts(i) + span.offset());
    packet.duration(times.duration(pts));
    packet.pos(-1);
    av_packet_rescale_ts(packet, timeBase, target.time_base());
    return packet;
  }
}
