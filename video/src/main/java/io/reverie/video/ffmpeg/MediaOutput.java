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
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.reverie.video.MediaException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** A muxer onto a local file. */
public final class MediaOutput implements AutoCloseable {

  private final Path file;
  private final Map<Integer, Long> lastDecoded = new HashMap<>();
  private final AVFormatContext context = new AVFormatContext(null);

  public MediaOutput(Path file, String container) {
    this.file = file;
    Ffmpeg.check(
        avformat_alloc_output_context2(context, null, container, file.toString()),
        "there is no container " + container,
        file.toString());
    AVIOContext io = new AVIOContext(null);
    try {
      // "file:" keeps FFmpeg from taking a colon in the name for a protocol.
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
      // Encoders with B-frames begin to decode before 0; moving their times would move one segment.
      context.avoid_negative_ts(0);
    }
  }

  public AVFormatContext context() {
    return context;
  }

  /** How many streams were given packets. */
  public int streams() {
    return lastDecoded.size();
  }

  public AVStream addStream() {
    return avformat_new_stream(context, null);
  }

  public void begin(Map<String, String> options) {
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    int begun = avformat_write_header(context, dictionary);
    av_dict_free(dictionary);
    check(begun, "cannot be begun");
  }

  /** Takes the packet's content over. */
  public void write(AVPacket packet) {
    grow(packet);
    check(av_interleaved_write_frame(context, packet));
  }

  /**
   * The same for a packet that may be given up.
   *
   * @return whether it was taken; FFmpeg may tell of one that was put before
   * @throws MediaException if the file cannot be written on
   */
  public boolean writeIfTaken(AVPacket packet) {
    grow(packet);
    int written = av_interleaved_write_frame(context, packet);
    if (!isOfContent(written)) {
      check(written);
    }
    return written >= 0;
  }

  /** In a container's coarser unit, two times may have become one; most take none twice. */
  private void grow(AVPacket packet) {
    if (packet.isNull() || packet.dts() == AV_NOPTS_VALUE) {
      return;
    }
    int stream = packet.stream_index();
    Long last = lastDecoded.get(stream);
    if (last != null && packet.dts() < last + (mayMeet(stream) ? 0 : 1)) {
      packet.dts(last + (mayMeet(stream) ? 0 : 1));
      packet.pts(Math.max(packet.pts(), packet.dts()));
    }
    lastDecoded.put(stream, packet.dts());
  }

  private boolean mayMeet(int stream) {
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
      throw isOfContent(code) ? MediaException.lasting(e.getMessage(), e) : e;
    }
  }

  private static boolean isOfContent(int code) {
    return code == AVERROR_INVALIDDATA() || code == AVERROR_EINVAL();
  }

  /** Writes what waits for packets of other streams; returns how many were not taken. */
  public int flush() {
    int refused = 0;
    while (!writeIfTaken(new AVPacket(null))) {
      refused++;
    }
    return refused;
  }

  public void end() {
    check(av_write_trailer(context), "cannot be finished");
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
