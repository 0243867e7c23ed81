package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * How long the last frame of a stream is shown, from its packets: the one with the latest time has
 * a duration of its own in GIF, APNG, MP4 and Matroska; in other containers FFmpeg derives it from
 * the rate. MP4 stores durations in decoding order, so where frames are reordered, and where an
 * edit list cuts the last frame short, the end of the track decides.
 */
public final class LastFrame {

  /** Longest duration in seconds; more is treated as damage. */
  private static final double LONGEST = 3600;

  private final boolean mp4;
  private final double unit;
  private final long end;
  private long latest = Long.MIN_VALUE;
  private long duration;
  private boolean decodedLast;

  public LastFrame(MediaInput input, AVStream stream) {
    this.mp4 = input.context().iformat().name().getString().startsWith("mov,");
    this.unit = Ffmpeg.rational(stream.time_base()).toDouble();
    boolean known = stream.start_time() != AV_NOPTS_VALUE && stream.duration() > 0;
    this.end = known ? stream.start_time() + stream.duration() : Long.MIN_VALUE;
  }

  /** Adds a packet of a frame that is shown. */
  public void add(AVPacket packet) {
    decodedLast = packet.pts() >= latest;
    if (decodedLast) {
      latest = packet.pts();
      duration = packet.duration();
    }
  }

  /** Returns the duration in the stream's time base; 0 if the file does not say. */
  public long duration() {
    long rest = mp4 && end > latest ? end - latest : 0;
    boolean isCut = rest > 0 && rest < duration;
    long found = rest > 0 && (isCut || !decodedLast) ? rest : duration;
    return found > 0 && found * unit <= LONGEST ? found : 0;
  }
}
