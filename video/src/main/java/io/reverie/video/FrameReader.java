package io.reverie.video;

import java.util.Optional;

/** Reads frames in the order of their presentation times. */
public interface FrameReader extends AutoCloseable {

  /** Returns the next frame; empty at the end. */
  Optional<Frame> next();

  @Override
  void close();
}
