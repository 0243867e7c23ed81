package io.reverie.video.check;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.ffmpeg.Decoder;
import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.LastFrame;
import io.reverie.video.ffmpeg.MainStream;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.PacketReader;
import io.reverie.video.header.Pictures;
import io.reverie.video.header.StillKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Reads a finished video back before it is published: streams, first frame, number of frames and
 * duration. For a large file, only the index and the last packets are read.
 *
 * @param frames expected number of frames
 * @param seconds expected time between the first and the last frame
 * @param streams expected number of streams with packets, including the video
 * @param last expected seconds that the last frame is shown; 0 if that does not matter
 */
public record OutputCheck(long frames, double seconds, int streams, double last) {

  /** Files up to this size are read completely, which takes a fraction of a second. */
  private static final long SMALL = 64L << 20;

  /** Seconds by which coarse time bases and estimated rates may deviate in total. */
  private static final double TOLERANCE = 0.1;

  private static final double RELATIVE_TOLERANCE = 0.002;

  /**
   * Seconds by which the last duration may deviate: GIF counts hundredths, Matroska thousandths.
   */
  private static final double LAST_TOLERANCE = 0.006;

  /** Containers that say how long the last frame is shown. */
  private static final Set<String> ENDING =
      Set.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "gif", "apng");

  /** Containers whose index lists every frame. */
  private static final Set<String> COUNTED = Set.of("mov,mp4,m4a,3gp,3g2,mj2", "avi");

  public OutputCheck {
    if (frames < 0 || streams < 0 || !(seconds >= 0 && last >= 0)) {
      throw new IllegalArgumentException(
          "an output cannot have %d streams and %d frames over %s s, the last for %s s"
              .formatted(streams, frames, seconds, last));
    }
  }

  /** Creates a check that ignores how long the last frame is shown. */
  public OutputCheck(long frames, double seconds, int streams) {
    this(frames, seconds, streams, 0);
  }

  /**
   * Checks a file.
   *
   * @throws MediaException if the file fails the check; lasting if it was read and is wrong
   */
  public void run(Path output) {
    run(output, SMALL);
  }

  /** Checks a file, with another size up to which it is read completely. */
  public void run(Path output, long largest) {
    try {
      if (isWebp(output)) {
        checkPictures(MediaSource.of(output));
        return;
      }
      boolean small = Files.size(output) <= largest;
      try (MediaInput input = MediaInput.open(MediaSource.of(output))) {
        checkStreams(input);
        if (small) {
          checkPackets(input);
        } else {
          checkEnds(input);
        }
      }
      checkFirstPicture(MediaSource.of(output));
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(output, e.getMessage()), e);
    } catch (MediaException e) {
      throw e.saying(
          "%s was discarded, because reading it back failed: %s".formatted(output, e.getMessage()));
    }
  }

  private void checkStreams(MediaInput input) {
    int found = input.context().nb_streams();
    require(found >= streams, "streams", streams, found);
  }

  private static void require(boolean holds, String what, Object expected, Object found) {
    if (!holds) {
      throw MediaException.lasting("%s %s instead of %s".formatted(found, what, expected), null);
    }
  }

  private void checkPackets(MediaInput input) {
    Ends ends = new Ends(input);
    ends.read(input);
    require(ends.count == frames, "frames", frames, ends.count);
    checkSeconds(ends.latest - ends.earliest, input);
    checkLast(ends.last, input);
  }

  private void checkEnds(MediaInput input) {
    AVStream video = input.context().streams(0);
    if (COUNTED.contains(input.context().iformat().name().getString())) {
      int counted = avformat_index_get_entries_count(video);
      require(counted == frames, "frames", frames, counted);
    }
    Ends first = new Ends(input);
    first.readOne(input);
    long last = first.earliest + Math.round(seconds / unit(input));
    av_seek_frame(input.context(), 0, last, AVSEEK_FLAG_BACKWARD);
    Ends rest = new Ends(input);
    rest.read(input);
    require(rest.count > 0, "packets at the end", "some", 0);
    checkSeconds(rest.latest - first.earliest, input);
    checkLast(rest.last, input);
  }

  private void checkLast(LastFrame found, MediaInput input) {
    if (ENDING.contains(input.context().iformat().name().getString())) {
      requireLast(found.duration() * unit(input));
    }
  }

  private void requireLast(double found) {
    require(
        last == 0 || Math.abs(found - last) <= LAST_TOLERANCE,
        "seconds of the last frame",
        last,
        found);
  }

  private static boolean isWebp(Path output) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(output)) {
      return Pictures.of(channel).filter(p -> p.kind() == StillKind.WEBP).isPresent();
    }
  }

  /** Checks an animated WebP, which FFmpeg cannot read. */
  private void checkPictures(MediaSource output) {
    VideoFile file = new VideoFile(output);
    VideoIndex index = file.index();
    require(index.count() == frames, "frames", frames, index.count());
    if (frames > 1) {
      checkSeconds(index.seconds());
      requireLast(index.duration(index.count() - 1) * index.timeBase().toDouble());
    }
  }

  private static double unit(MediaInput input) {
    return Ffmpeg.rational(input.context().streams(0).time_base()).toDouble();
  }

  private void checkSeconds(long ticks, MediaInput input) {
    checkSeconds(ticks * unit(input));
  }

  private void checkSeconds(double found) {
    double tolerance = TOLERANCE + seconds * RELATIVE_TOLERANCE;
    require(Math.abs(found - seconds) <= tolerance, "seconds", seconds, found);
  }

  /** The range of presentation times of the first stream. */
  private static final class Ends {

    private long count;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private final LastFrame last;

    Ends(MediaInput input) {
      this.last = new LastFrame(input, input.context().streams(0));
    }

    void read(MediaInput input) {
      try (PacketReader packets = new PacketReader(input)) {
        for (Optional<AVPacket> p = packets.next(0); p.isPresent(); p = packets.next(0)) {
          note(p.get());
        }
      }
    }

    void readOne(MediaInput input) {
      try (PacketReader packets = new PacketReader(input)) {
        packets.next(0).ifPresent(this::note);
      }
    }

    private void note(AVPacket packet) {
      if (packet.size() == 0 || (packet.flags() & AV_PKT_FLAG_DISCARD) != 0) {
        return;
      }
      count++;
      long time = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
      earliest = Math.min(earliest, time);
      latest = Math.max(latest, time);
      last.add(packet);
    }
  }

  private void checkFirstPicture(MediaSource output) {
    VideoIndex start;
    try (MediaInput input = MediaInput.open(output)) {
      AVStream video = input.context().streams(0);
      start =
          VideoIndex.unknown(
              avcodec_get_name(video.codecpar().codec_id()).getString(),
              Ffmpeg.rational(video.time_base()),
              MainStream.rate(video));
    }
    try (Decoder decoding = Decoder.fromStart(output, start)) {
      if (!decoding.next()) {
        // A decoder does not tell whether it lacked memory.
        throw new MediaException("no frame could be decoded");
      }
    }
  }
}
