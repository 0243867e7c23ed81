package io.reverie.video.decode;

import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import java.util.Optional;

/** Something that has frames in time: a video file, or numbered stills. */
public sealed interface VideoSource permits VideoFile, FrameSequence {

  /** What to call it in messages. */
  String name();

  /** Reads what frames there are; the whole file is read, nothing is decoded as a rule. */
  VideoIndex index();

  /**
   * Opens exactly the frames of a range; the caller closes.
   *
   * @param index of this source
   * @param range in the index's time base
   * @param size to scale to; the displayed size if empty
   */
  FrameReader open(VideoIndex index, PtsRange range, Optional<Size> size);
}
