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

/** Selects the stream to dream: the largest video stream that is not a cover image. */
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
      throw new MediaException(input.name() + " has no readable video stream");
    }
    if (area(best) > Decoders.MOST_PIXELS) {
      throw new MediaException(
          "%s has frames of %dx%d px, but at most %d px are supported; scale it down first"
              .formatted(
                  input.name(),
                  best.codecpar().width(),
                  best.codecpar().height(),
                  Decoders.MOST_PIXELS));
    }
    return best;
  }

  /**
   * Returns whether packet times are unreliable: AVI stores none, and FFmpeg does not know the
   * frame order of these codecs.
   */
  public static boolean isUntimed(MediaInput input, AVStream stream) {
    int codec = stream.codecpar().codec_id();
    return input.context().iformat().name().getString().equals("avi")
        && (codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC);
  }

  /** Returns the average frames per second; 0/1 if unknown. Falls back to the nominal rate. */
  public static Rational rate(AVStream stream) {
    Rational average = Ffmpeg.rational(stream.avg_frame_rate());
    boolean plausible = average.num() > 0 && average.toDouble() <= FASTEST;
    return plausible ? average : Ffmpeg.rational(stream.r_frame_rate());
  }

  private static long area(AVStream stream) {
    return (long) stream.codecpar().width() * stream.codecpar().height();
  }
}
