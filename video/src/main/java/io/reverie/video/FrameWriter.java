package io.reverie.video;

/** Takes the frames of a segment, in the order of their times. */
public interface FrameWriter extends AutoCloseable {

  /** Appends a frame; times must ascend. */
  void write(Frame frame);

  /** Ends the segment; without it what was written is none. */
  void finish();

  @Override
  void close();
}
