package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOTIMESTAMPS;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_TS_NONSTRICT;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EINVAL;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reverie.video.MediaException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** A muxer that writes a local file. */
public final class MediaOutput implements AutoCloseable {

  private final Path file;
  private final Map<Integer, Long> lastDecoded = new HashMap<>();
  private final AVFormatContext context = new AVFormatContext(null);

  public MediaOutput(Path file, String container) {
    this.file = file;
    Ffmpeg.check(
        avformat_alloc_output_context2(context, null, container, file.toString()),
        "unsupported container " + container,
        file.toString());
    AVIOContext io = new AVIOContext(null);
    try {
      // "file:" prevents FFmpeg from interpreting a colon in the name as a protocol.
      Ffmpeg.check(
          avio_open2(io, "file:" + file, AVIO_FLAG_WRITE, null, null),
          "cannot be written",
          file.toString());
    } catch (MediaException e) {
      avformat_free_context(context);
      throw e;
    }
    context.pb(io);
    if (container.equals("nut")) {
      // With B-frames decoding times start below 0; a shift would move this segment against the
      // others.
      context.avoid_negative_ts(0);
    }
  }

  public AVFormatContext context() {
    return context;
  }

  /** Returns the number of streams that received packets. */
  public int streams() {
    return lastDecoded.size();
  }

  public AVStream addStream() {
    return avformat_new_stream(context, null);
  }

  public void begin(Map<String, String> options) {
    try (CodecOptions muxer = new CodecOptions()) {
      options.forEach(muxer::set);
      int begun = avformat_write_header(context, muxer.dictionary());
      check(begun, "its header cannot be written");
    }
  }

  /** Writes a packet and takes over its content. */
  public void write(AVPacket packet) {
    ascend(packet);
    check(av_interleaved_write_frame(context, packet));
  }

  /**
   * Writes a packet that may be dropped.
   *
   * @return whether it was accepted; FFmpeg may report the rejection of an earlier packet
   * @throws MediaException if writing to the file fails
   */
  public boolean tryWrite(AVPacket packet) {
    ascend(packet);
    int written = av_interleaved_write_frame(context, packet);
    if (!isCausedByContent(written)) {
      check(written);
    }
    return written >= 0;
  }

  /**
   * Makes decoding times ascend: a coarser time base may merge two times, and most containers
   * reject duplicates.
   */
  private void ascend(AVPacket packet) {
    if (packet.isNull() || packet.dts() == AV_NOPTS_VALUE) {
      return;
    }
    int stream = packet.stream_index();
    Long last = lastDecoded.get(stream);
    if (last != null && packet.dts() < last + (allowsEqualTimes(stream) ? 0 : 1)) {
      packet.dts(last + (allowsEqualTimes(stream) ? 0 : 1));
      packet.pts(Math.max(packet.pts(), packet.dts()));
    }
    lastDecoded.put(stream, packet.dts());
  }

  private boolean allowsEqualTimes(int stream) {
    return (context.oformat().flags() & (AVFMT_TS_NONSTRICT | AVFMT_NOTIMESTAMPS)) != 0
        || context.streams(stream).codecpar().codec_type() == AVMEDIA_TYPE_SUBTITLE;
  }

  private void check(int written) {
    check(written, "cannot be written");
  }

  private void check(int code, String what) {
    try {
      Ffmpeg.check(code, what, file.toString());
    } catch (MediaException e) {
      throw isCausedByContent(code) ? MediaException.lasting(e.getMessage(), e) : e;
    }
  }

  private static boolean isCausedByContent(int code) {
    return code == AVERROR_INVALIDDATA() || code == AVERROR_EINVAL();
  }

  /** Writes the packets in the interleaving queue and returns the number of rejected ones. */
  public int flush() {
    int rejected = 0;
    while (!tryWrite(new AVPacket(null))) {
      rejected++;
    }
    return rejected;
  }

  public void end() {
    check(av_write_trailer(context), "cannot be completed");
    check(context.pb().error());
  }

  @Override
  public void close() {
    AVIOContext io = context.pb();
    avio_closep(io);
    context.pb(new AVIOContext(null));
    avformat_free_context(context);
  }
}
