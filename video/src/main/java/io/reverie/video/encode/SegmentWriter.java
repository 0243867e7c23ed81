package io.reverie.video.encode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.reverie.video.Colour;
import io.reverie.video.Frame;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaException;
import io.reverie.video.PacketTimes;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.decode.UprightFrames;
import io.reverie.video.ffmpeg.ConstructionGuard;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.FrameFilter;
import io.reverie.video.ffmpeg.FramePixels;
import io.reverie.video.ffmpeg.MediaOutput;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerScope;

/**
 * Encodes the frames of a segment to a separate file with the source's times. The container is NUT,
 * which stores any time base exactly.
 */
public final class SegmentWriter implements FrameWriter {

  private final SegmentFormat frames;
  private final boolean highBitDepth;
  private final Encoder encoder;
  private final MediaOutput output;
  private final AVStream stream;
  private final AVFrame packed;
  private final FrameFilter converter;
  private final LongStream.Builder times = LongStream.builder();
  private PacketTimes packets = PacketTimes.UNKNOWN;

  /**
   * Opens a segment for writing.
   *
   * @param file local; overwritten
   */
  public SegmentWriter(Path file, OutputFormat output, SegmentFormat frames) {
    Ffmpeg.quiet();
    OutputFormat format = output.forSegments();
    this.frames = frames;
    this.highBitDepth = frames.bitDepth() > 8;
    if (format.codec().coarseTime() && frames.timeBase().den() > 65535) {
      throw new MediaException(
          "%s cannot store times as exact as this video's (in units of %s s); choose another --codec"
              .formatted(format.codec().userName(), frames.timeBase()));
    }
    Size coded = format.coded(frames.size());
    Colour colour = colour(frames, format);
    try (ConstructionGuard guard = new ConstructionGuard()) {
      this.packed = guard.add(av_frame_alloc(), f -> av_frame_free(f));
      allocate(coded);
      this.converter = guard.add(converter(format, colour), FrameFilter::close);
      this.encoder = guard.add(new Encoder(format, frames, coded, colour), Encoder::close);
      this.output = guard.add(new MediaOutput(file, container(format, frames)), MediaOutput::close);
      this.stream = this.output.addStream();
      avcodec_parameters_from_context(stream.codecpar(), encoder.context());
      stream.time_base(Ffmpeg.toNative(frames.timeBase()));
      stream.avg_frame_rate(Ffmpeg.toNative(frames.rate()));
      this.output.begin(Map.of());
      guard.complete();
    }
  }

  /**
   * Returns the container. NUT loses VP9's transparency, which is side data; Matroska keeps it but
   * counts in milliseconds.
   */
  private static String container(OutputFormat format, SegmentFormat frames) {
    return format.codec() == VideoCodec.VP9 && frames.alpha() ? "matroska" : "nut";
  }

  /**
   * Returns the colour properties of the output; a YUV encoder must not signal the RGB matrix of
   * its source.
   */
  private static Colour colour(SegmentFormat frames, OutputFormat format) {
    Colour c = frames.colour();
    String pixels = format.pixelFormat(frames.bitDepth(), frames.alpha());
    if (!pixels.startsWith("yuv")) {
      return new Colour(c.primaries(), c.transfer(), 0, 2, 0, c.hdr());
    }
    int matrix = c.matrix() == 0 ? c.matrixOr(frames.size().height()) : c.matrix();
    int range = pixels.startsWith("yuvj") ? 2 : c.matrix() == 0 ? 1 : c.range();
    return new Colour(c.primaries(), c.transfer(), matrix, range, c.chromaLocation(), c.hdr());
  }

  private void allocate(Size coded) {
    packed.width(coded.width());
    packed.height(coded.height());
    packed.format(av_get_pix_fmt(FramePixels.format(highBitDepth, frames.alpha())));
    packed.color_range(2);
    packed.colorspace(0);
    Ffmpeg.check(av_frame_get_buffer(packed, 0), "no memory for a frame", coded.toString());
  }

  private FrameFilter converter(OutputFormat format, Colour colour) {
    String pixels = format.pixelFormat(frames.bitDepth(), frames.alpha());
    String to =
        pixels.startsWith("yuv")
            ? ":out_color_matrix=%d:out_range=%s"
                .formatted(
                    colour.matrixOr(frames.size().height()),
                    colour.fullRange() ? "full" : "limited")
            : "";
    return new FrameFilter(
        packed,
        frames.timeBase(),
        "scale=%s%s,format=%s".formatted(UprightFrames.SCALER, to, name(pixels)));
  }

  private static String name(String pixels) {
    return av_get_pix_fmt_name(av_get_pix_fmt(pixels)).getString();
  }

  @Override
  public void write(Frame frame) {
    try (PointerScope scope = new PointerScope()) {
      av_frame_make_writable(packed);
      FramePixels.write(frame, packed, highBitDepth, frames.alpha());
      packed.pts(frame.pts() - frames.origin());
      converter.put(packed);
      while (converter.next()) {
        AVFrame ready = converter.frame();
        ready.pts(converter.pts());
        ready.pict_type(0);
        // ProRes reads these from the frame.
        ready.color_primaries(encoder.context().color_primaries());
        ready.color_trc(encoder.context().color_trc());
        encoder.encode(ready, this::mux);
      }
    }
  }

  private void mux(AVPacket packet) {
    packet.stream_index(0);
    org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts(
        packet, Ffmpeg.toNative(frames.timeBase()), stream.time_base());
    // As they will be read back: Matroska rounds them.
    times.add(av_rescale_q(packet.pts(), stream.time_base(), Ffmpeg.toNative(frames.timeBase())));
    output.write(packet);
  }

  @Override
  public void finish() {
    encoder.encode(null, this::mux);
    output.end();
    packets = PacketTimes.of(times.build().toArray());
  }

  @Override
  public PacketTimes packets() {
    return packets;
  }

  @Override
  public void close() {
    output.close();
    encoder.close();
    converter.close();
    av_frame_free(packed);
  }
}
