package io.reverie.video;

import java.util.Optional;

/**
 * Reads frames in the order of their presentation times. For one thread. Frames are copies: they
 * outlive the next frame and the reader.
 */
public interface FrameReader extends AutoCloseable {

  /**
   * Returns the next frame; empty at the end, and from then on.
   *
   * @throws MediaException if the file cannot be read; names it
   */
  Optional<Frame> next();

  /** Closes the file; a second call does nothing. */
  @Override
  void close();
}
