package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.reverie.video.MediaSource;
import io.reverie.video.PacketTimes;
import io.reverie.video.Rational;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.PacketReader;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

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

  /**
   * Reads the times of a file's packets.
   *
   * @param timeBase of the source
   */
  static PacketTimes times(MediaSource segment, Rational timeBase) {
    LongStream.Builder times = LongStream.builder();
    try (SegmentPackets packets = new SegmentPackets(List.of(segment))) {
      AVRational unit = packets.stream().time_base();
      for (Optional<AVPacket> p = packets.next(); p.isPresent(); p = packets.next()) {
        times.add(av_rescale_q(p.get().pts(), unit, Ffmpeg.toNative(timeBase)));
      }
    }
    return PacketTimes.of(times.build().toArray());
  }

  @Override
  public void close() {
    packets.close();
    input.close();
  }
}
