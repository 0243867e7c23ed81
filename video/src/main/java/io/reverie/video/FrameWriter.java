package io.reverie.video;

/** Writes the frames of a segment in the order of their presentation times. */
public interface FrameWriter extends AutoCloseable {

  /** Appends a frame; presentation times must ascend. */
  void write(Frame frame);

  /** Completes the segment; an unfinished file is unusable. */
  void finish();

  @Override
  void close();
}
