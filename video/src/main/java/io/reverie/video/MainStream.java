package io.reverie.video;

import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** The stream that is dreamed: the largest that moves; a cover picture is none. */
final class MainStream {

  private MainStream() {}

  static AVStream of(MediaInput input) {
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
    return best;
  }

  private static long area(AVStream stream) {
    return (long) stream.codecpar().width() * stream.codecpar().height();
  }
}
