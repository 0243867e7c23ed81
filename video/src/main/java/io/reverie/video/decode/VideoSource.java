package io.reverie.video.decode;

import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import java.util.Optional;

/** A source of timed frames: a video file or numbered stills. */
public sealed interface VideoSource permits VideoFile, FrameSequence, AnimatedWebp, MultiPageTiff {

  /** Returns the name for error messages. */
  String name();

  /** Builds the index; reads the whole file, but normally decodes only the first frame. */
  VideoIndex index();

  /**
   * Opens the frames of a range; the caller closes the reader.
   *
   * @param index of this source
   * @param range in the index's time base
   * @param size output size; the displayed size if empty
   */
  FrameReader open(VideoIndex index, PtsRange range, Optional<Size> size);
}
