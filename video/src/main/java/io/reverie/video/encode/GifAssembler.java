package io.reverie.video.encode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;

import io.reverie.video.AssemblyReport;
import io.reverie.video.Colour;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.check.OutputCheck;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.ffmpeg.Decoder;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.FrameFilter;
import io.reverie.video.ffmpeg.MediaOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Assembles an animated GIF from lossless segments, with one palette for all frames and without
 * sound.
 */
public record GifAssembler(VideoIndex index, OutputFormat format) {

  /** The time base of GIF. */
  private static final Rational HUNDREDTHS = new Rational(1, 100);

  private static final String PALETTE =
      "scale=flags=bicubic,split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=sierra2_4a";

  public AssemblyReport assemble(
      Optional<MediaSource> source, List<MediaSource> segments, Path output) {
    List<String> warnings =
        source.isPresent()
            ? List.of("a .gif file cannot store sound, subtitles or chapters; they were dropped")
            : List.of();
    long frames = 0;
    FrameFilter filter = null;
    Rational unit = index.timeBase();
    try {
      for (MediaSource media : segments) {
        VideoIndex segmentIndex = new VideoFile(media).index();
        try (Decoder decoding = Decoder.fromStart(media, segmentIndex)) {
          while (decoding.next()) {
            AVFrame frame = decoding.frame();
            frame.pts(decoding.pts());
            if (filter == null) {
              // Segment files may have a finer time base than the source.
              unit = segmentIndex.timeBase();
              filter = new FrameFilter(frame, segmentIndex.timeBase(), PALETTE);
            }
            filter.put(frame);
            frames++;
          }
        }
      }
      if (filter == null) {
        throw new MediaException(output + ": there are no frames to assemble");
      }
      filter.end();
      encode(filter, unit, output).run(output);
      return new AssemblyReport(frames, warnings);
    } finally {
      if (filter != null) {
        filter.close();
      }
    }
  }

  /** Encodes the frames and returns the check that the file must pass. */
  private OutputCheck encode(FrameFilter filter, Rational unit, Path output) {
    if (!filter.next()) {
      throw new MediaException(output + ": computing the palette failed");
    }
    Size size = new Size(filter.frame().width(), filter.frame().height());
    SegmentFormat frames =
        new SegmentFormat(size, HUNDREDTHS, index.rate(), Colour.UNSPECIFIED, 8, false);
    try (Encoder encoder = new Encoder(format, frames, size, Colour.UNSPECIFIED);
        MediaOutput out = new MediaOutput(output, "gif")) {
      AVStream stream = out.addStream();
      avcodec_parameters_from_context(stream.codecpar(), encoder.context());
      stream.time_base(Ffmpeg.toNative(HUNDREDTHS));
      out.begin(Map.of());
      long first = filter.pts();
      long last = first;
      long written = 0;
      do {
        last = filter.pts();
        written++;
        AVFrame frame = filter.frame();
        frame.pts(hundredths(filter.pts() - first, unit));
        encoder.encode(frame, packet -> write(packet, stream, out));
      } while (filter.next());
      encoder.encode(null, packet -> write(packet, stream, out));
      out.end();
      return new OutputCheck(written, (last - first) * unit.toDouble(), 1);
    }
  }

  private static long hundredths(long ticks, Rational unit) {
    return Math.round(ticks * unit.toDouble() * 100);
  }

  private static void write(AVPacket packet, AVStream stream, MediaOutput out) {
    packet.stream_index(stream.index());
    out.write(packet);
  }
}
