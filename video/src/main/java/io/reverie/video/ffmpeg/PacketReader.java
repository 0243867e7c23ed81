package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;

import io.reverie.video.MediaException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Reads the packets of a file one at a time; each is valid until the next call. */
public final class PacketReader implements AutoCloseable {

  private final MediaInput input;
  private final AVPacket packet = av_packet_alloc();

  public PacketReader(MediaInput input) {
    this.input = input;
  }

  /**
   * Returns the next packet of any stream; empty at the end or where the file is truncated.
   *
   * @throws MediaException if reading the file fails
   */
  public Optional<AVPacket> next() {
    av_packet_unref(packet);
    if (av_read_frame(input.context(), packet) >= 0) {
      return Optional.of(packet);
    }
    input.checkRead();
    return Optional.empty();
  }

  /** Returns the next packet of one stream. */
  public Optional<AVPacket> next(int stream) {
    Optional<AVPacket> next = next();
    while (next.isPresent() && packet.stream_index() != stream) {
      next = next();
    }
    return next;
  }

  @Override
  public void close() {
    av_packet_free(packet);
  }
}
