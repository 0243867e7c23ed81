package io.reverie.video;

import java.util.Optional;

/** Frames in the order of their times. */
public interface FrameReader extends AutoCloseable {

  /** The next frame; empty at the end. */
  Optional<Frame> next();

  @Override
  void close();
}
