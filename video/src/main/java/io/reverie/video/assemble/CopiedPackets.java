package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avutil.av_get_media_type_string;

import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.PacketReader;
import io.reverie.video.timestamp.CopiedTimes;
import io.reverie.video.timestamp.CopiedTimes.Times;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * The packets of some streams in file order, with times that never decrease. Packets are read
 * ahead, because only later packets show whether a time is plausible.
 */
final class CopiedPackets implements AutoCloseable {

  private static final int AHEAD = 256;
  private static final long BYTES_AHEAD = 16L << 20;

  private final MediaInput input;
  private final PacketReader packets;
  private final Set<Integer> streams;
  private final Map<Integer, CopiedTimes> times = new TreeMap<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private Optional<Held> current = Optional.empty();
  private long bytes;
  private boolean ended;

  private record Held(AVPacket packet, int stream, Times read) {
    long decoded() {
      return read.decoded() == CopiedTimes.UNKNOWN ? read.shown() : read.decoded();
    }
  }

  CopiedPackets(MediaInput input, Set<Integer> streams) {
    this.input = input;
    this.packets = new PacketReader(input);
    this.streams = Set.copyOf(streams);
  }

  /** Returns the next packet, valid until the following call. */
  Optional<AVPacket> next() {
    current.ifPresent(CopiedPackets::free);
    readAhead();
    current = Optional.ofNullable(held.poll());
    return current.map(this::timed);
  }

  private void readAhead() {
    while (!ended && held.size() < AHEAD && bytes < BYTES_AHEAD) {
      Optional<AVPacket> next = packets.next();
      ended = next.isEmpty();
      next.filter(packet -> streams.contains(packet.stream_index())).ifPresent(this::hold);
    }
  }

  private void hold(AVPacket packet) {
    AVPacket kept = av_packet_clone(packet);
    bytes += kept.size();
    held.add(new Held(kept, kept.stream_index(), new Times(kept.pts(), kept.dts())));
  }

  private AVPacket timed(Held next) {
    AVPacket packet = next.packet();
    bytes -= packet.size();
    AVStream stream = input.context().streams(next.stream());
    if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
      return packet;
    }
    Times corrected =
        times
            .computeIfAbsent(next.stream(), i -> new CopiedTimes(ticksPerSecond(stream)))
            .next(next.read(), packet.duration(), following(next.stream()));
    packet.pts(corrected.shown());
    packet.dts(corrected.decoded());
    return packet;
  }

  private static double ticksPerSecond(AVStream stream) {
    return Ffmpeg.rational(stream.time_base()).inverse().toDouble();
  }

  private long following(int stream) {
    return held.stream()
        .filter(h -> h.stream() == stream && h.decoded() != CopiedTimes.UNKNOWN)
        .mapToLong(Held::decoded)
        .min()
        .orElse(CopiedTimes.UNKNOWN);
  }

  /** Returns a warning for each stream with corrected times. */
  List<String> repairs() {
    return times.entrySet().stream()
        .filter(stream -> stream.getValue().repaired() > 0)
        .map(stream -> repair(stream.getKey(), stream.getValue().repaired()))
        .toList();
  }

  private String repair(int stream, long count) {
    return "stream %d (%s): corrected %d wrong or missing timestamp%s"
        .formatted(
            stream,
            av_get_media_type_string(input.context().streams(stream).codecpar().codec_type())
                .getString(),
            count,
            count == 1 ? "" : "s");
  }

  private static void free(Held held) {
    av_packet_free(held.packet());
  }

  @Override
  public void close() {
    current.ifPresent(CopiedPackets::free);
    held.forEach(CopiedPackets::free);
    packets.close();
  }
}
