package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reverie.video.MediaException;
import io.reverie.video.Rational;
import io.reverie.video.allowlist.Decoders;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** The stream that is dreamed: the largest that moves; a cover picture is none. */
public final class MainStream {

  private static final double FASTEST = 1000;

  private MainStream() {}

  public static AVStream of(MediaInput input) {
    AVFormatContext context = input.context();
    AVStream best = null;
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      boolean moves = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0;
      boolean video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
      if (video && moves && (best == null || area(stream) > area(best))) {
        best = stream;
      }
    }
    if (best == null || area(best) == 0) {
      throw new MediaException(input.name() + " has no video stream that can be read");
    }
    if (area(best) > Decoders.MOST_PIXELS) {
      throw new MediaException(
          "%s has frames of %d x %d px; there may be %d px at most"
              .formatted(
                  input.name(),
                  best.codecpar().width(),
                  best.codecpar().height(),
                  Decoders.MOST_PIXELS));
    }
    return best;
  }

  /**
   * Whether its packets' times are made up, and wrongly: AVI has none, and FFmpeg does not know how
   * these codecs order their frames.
   */
  public static boolean isUntimed(MediaInput input, AVStream stream) {
    int codec = stream.codecpar().codec_id();
    return input.context().iformat().name().getString().equals("avi")
        && (codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC);
  }

  /** Average frames per second; 0/1 if unknown. Some formats know only the usual rate. */
  public static Rational rate(AVStream stream) {
    Rational average = Ffmpeg.rational(stream.avg_frame_rate());
    boolean sound = average.num() > 0 && average.toDouble() <= FASTEST;
    return sound ? average : Ffmpeg.rational(stream.r_frame_rate());
  }

  private static long area(AVStream stream) {
    return (long) stream.codecpar().width() * stream.codecpar().height();
  }
}
