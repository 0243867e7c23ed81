package io.reverie.video.assemble;

import io.reverie.video.MediaSource;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.PacketReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** The video packets of consecutive segment files. */
final class SegmentPackets implements AutoCloseable {

  private final Iterator<MediaSource> files;
  private MediaInput input;
  private PacketReader packets;

  SegmentPackets(List<MediaSource> segments) {
    this.files = segments.iterator();
    open();
  }

  private void open() {
    input = MediaInput.open(files.next());
    packets = new PacketReader(input);
  }

  /** Returns the stream of the current file; all files have the same format. */
  AVStream stream() {
    return input.context().streams(0);
  }

  Optional<AVPacket> next() {
    Optional<AVPacket> packet = packets.next(0);
    while (packet.isEmpty() && files.hasNext()) {
      close();
      open();
      packet = packets.next(0);
    }
    return packet;
  }

  /** Returns the presentation times of all packets, in packet order. */
  static long[] times(List<MediaSource> segments) {
    List<Long> times = new ArrayList<>();
    try (SegmentPackets packets = new SegmentPackets(segments)) {
      for (Optional<AVPacket> p = packets.next(); p.isPresent(); p = packets.next()) {
        times.add(p.get().pts());
      }
    }
    return times.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public void close() {
    packets.close();
    input.close();
  }
}
