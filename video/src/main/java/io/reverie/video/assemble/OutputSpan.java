package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.ffmpeg.Ffmpeg;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * The part of a source that is written. A whole video keeps its times; a part starts at zero.
 *
 * @param range in times of the dreamed stream
 * @param timeBase of the range
 */
record OutputSpan(PtsRange range, Rational timeBase) {

  /** Returns the offset added to every time, in the dreamed stream's time base. */
  long offset() {
    return range.from() == Long.MIN_VALUE ? 0 : -range.from();
  }

  boolean contains(long pts, AVRational unit) {
    if (pts == AV_NOPTS_VALUE) {
      return range.from() == Long.MIN_VALUE;
    }
    AVRational own = Ffmpeg.toNative(timeBase);
    boolean begun = range.from() == Long.MIN_VALUE || pts >= av_rescale_q(range.from(), own, unit);
    return begun && (range.to() == Long.MAX_VALUE || pts < av_rescale_q(range.to(), own, unit));
  }

  void shift(AVPacket packet, AVRational unit) {
    long by = av_rescale_q(offset(), Ffmpeg.toNative(timeBase), unit);
    if (packet.pts() != AV_NOPTS_VALUE) {
      packet.pts(packet.pts() + by);
    }
    if (packet.dts() != AV_NOPTS_VALUE) {
      packet.dts(packet.dts() + by);
    }
  }
}
