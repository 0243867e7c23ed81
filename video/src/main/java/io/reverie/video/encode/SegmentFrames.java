package io.reverie.video.encode;

import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.ffmpeg.Decoder;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The frames of lossless segment files, in order.
 *
 * @param files the segments
 * @param indexes their indexes
 */
record SegmentFrames(List<MediaSource> files, List<VideoIndex> indexes) {

  static SegmentFrames of(List<MediaSource> files) {
    return new SegmentFrames(files, files.stream().map(f -> new VideoFile(f).index()).toList());
  }

  /** Receives a frame with its number; it is valid only during the call. */
  interface Receiver {
    void receive(AVFrame frame, int number);
  }

  /** Returns the unit of the frames' times. */
  Rational timeBase() {
    return indexes.get(0).timeBase();
  }

  /** Decodes all frames. */
  void forEach(Receiver receiver) {
    int begun = 0;
    for (int i = 0; i < files.size(); i++) {
      VideoIndex index = indexes.get(i);
      try (Decoder decoding = Decoder.fromStart(files.get(i), index)) {
        while (decoding.next()) {
          if (index.has(decoding.pts())) {
            decoding.frame().pts(decoding.pts());
            receiver.receive(decoding.frame(), begun + index.first(decoding.pts()));
          }
        }
      }
      begun += index.count();
    }
  }
}
