package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Options of an encoder or a muxer. FFmpeg removes those that it knows; closing frees the rest. */
public final class CodecOptions implements AutoCloseable {

  private final AVDictionary dictionary = new AVDictionary(null);

  public void set(String key, String value) {
    av_dict_set(dictionary, key, value, 0);
  }

  public void setIf(boolean wanted, String key, String value) {
    if (wanted) {
      set(key, value);
    }
  }

  /** Returns the dictionary to open a codec or a muxer with; this object keeps it. */
  public AVDictionary dictionary() {
    return dictionary;
  }

  @Override
  public void close() {
    av_dict_free(dictionary);
  }
}
