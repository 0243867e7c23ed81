package io.reverie.video.encode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;

import io.reverie.video.Colour;
import io.reverie.video.MediaException;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.MediaOutput;
import io.reverie.video.header.WebpAnimation;
import io.reverie.video.header.WebpAnimation.Picture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Encodes the frames of an animation with their durations and the number of plays. */
final class AnimationWriter implements Consumer<AVFrame>, AutoCloseable {

  /** In a WebP's flags: a picture replaces what is there instead of being drawn over it. */
  private static final int REPLACES = 2;

  private static final int MAX_PLAYS = 0xFFFF;

  private final Path file;
  private final OutputFormat format;
  private final VideoIndex index;
  private final Rational unit;
  private final List<AnimationFrame> frames;
  private Optional<Encoder> encoder = Optional.empty();
  private Optional<MediaOutput> output = Optional.empty();
  private int put;
  private int written;

  /**
   * Creates a writer; the file is opened with the first frame.
   *
   * @param unit of the times in {@code frames}
   * @param frames the shown ones
   */
  AnimationWriter(
      Path file,
      OutputFormat format,
      VideoIndex index,
      Rational unit,
      List<AnimationFrame> frames) {
    this.file = file;
    this.format = format;
    this.index = index;
    this.unit = unit;
    this.frames = frames;
  }

  private void open(AVFrame first) {
    Size size = new Size(first.width(), first.height());
    SegmentFormat like =
        new SegmentFormat(
            size, unit, index.rate(), Colour.UNSPECIFIED, index.bitDepth(), index.alpha());
    encoder = Optional.of(new Encoder(format, like, size, Colour.UNSPECIFIED));
    MediaOutput out = new MediaOutput(file, format.container());
    output = Optional.of(out);
    AVStream stream = out.addStream();
    avcodec_parameters_from_context(stream.codecpar(), encoder.get().context());
    stream.time_base(Ffmpeg.toNative(unit));
    out.begin(options());
  }

  private static int repetitions(int plays) {
    return plays == 1 ? -1 : Math.min(MAX_PLAYS, Math.max(0, plays - 1));
  }

  /** Returns the muxer's options: the number of plays and the last duration. */
  private Map<String, String> options() {
    int plays = index.playback().plays();
    int most = Math.min(MAX_PLAYS, plays);
    long last = frames.get(frames.size() - 1).duration();
    return switch (format.codec()) {
      // GIF counts repetitions after the first play; without the extension it is played once.
      case GIF -> Map.of("loop", "" + repetitions(plays), "final_delay", "" + last);
      case WEBP -> Map.of("loop", "" + most);
      default ->
          Map.of(
              "plays", "" + most, "final_delay", "%d/%d".formatted(last * unit.num(), unit.den()));
    };
  }

  @Override
  public void accept(AVFrame frame) {
    if (encoder.isEmpty()) {
      open(frame);
    }
    frame.pts(frames.get(put).start());
    frame.duration(frames.get(put).duration());
    frame.pict_type(0);
    put++;
    encoder.get().encode(frame, this::write);
  }

  private void write(AVPacket packet) {
    packet.stream_index(0);
    packet.duration(frames.get(Math.min(written++, frames.size() - 1)).duration());
    output.orElseThrow().write(packet);
  }

  /** Completes the file. */
  void finish() {
    encoder
        .orElseThrow(() -> new MediaException(file + ": no frame could be converted"))
        .encode(null, this::write);
    output.orElseThrow().end();
    if (format.codec() == VideoCodec.WEBP) {
      closeOutput();
      replaceEach();
    }
  }

  /** FFmpeg's muxer marks pictures as drawn over the one before, which shows through. */
  private void replaceEach() {
    try (RandomAccessFile webp = new RandomAccessFile(file.toFile(), "rw")) {
      for (Picture picture : WebpAnimation.of(webp.getChannel()).pictures()) {
        webp.seek(picture.flags());
        webp.write(REPLACES);
      }
    } catch (IOException e) {
      throw new MediaException("%s: cannot be written (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private void closeOutput() {
    output.ifPresent(MediaOutput::close);
    output = Optional.empty();
  }

  @Override
  public void close() {
    closeOutput();
    encoder.ifPresent(Encoder::close);
    encoder = Optional.empty();
  }
}
