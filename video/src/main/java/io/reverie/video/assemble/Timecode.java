package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_timecode_init_from_string;
import static org.bytedeco.ffmpeg.global.avutil.av_timecode_make_string;

import io.reverie.video.Rational;
import io.reverie.video.ffmpeg.Ffmpeg;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVTimecode;
import org.bytedeco.javacpp.BytePointer;

/** The timecode of the first frame, a tag from which muxers write timecode tracks. */
final class Timecode {

  private static final String KEY = "timecode";
  private static final int LONGEST = 64;

  private Timecode() {}

  /** Advances the tag, if there is one, to a later frame; a tag that FFmpeg cannot read goes. */
  static void advance(AVDictionary tags, Rational rate, int frames) {
    AVDictionaryEntry tag = av_dict_get(tags, KEY, null, 0);
    if (frames == 0 || tag == null || tag.isNull()) {
      return;
    }
    try (AVTimecode code = new AVTimecode();
        BytePointer text = new BytePointer(LONGEST)) {
      int read =
          av_timecode_init_from_string(code, Ffmpeg.toNative(rate), tag.value().getString(), null);
      String moved = null;
      if (read >= 0) {
        code.start(code.start() + frames);
        moved = av_timecode_make_string(code, text, 0).getString();
      }
      av_dict_set(tags, KEY, moved, 0);
    }
  }
}
