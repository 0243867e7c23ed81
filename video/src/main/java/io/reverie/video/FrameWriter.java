package io.reverie.video;

/**
 * Writes the frames of a segment in the order of their presentation times. For one thread. An
 * existing file is overwritten.
 */
public interface FrameWriter extends AutoCloseable {

  /**
   * Appends a frame, which the caller may reuse afterwards.
   *
   * @param frame of the segment's size, with a later presentation time than the one before
   * @throws MediaException if it cannot be encoded or written; names the file
   */
  void write(Frame frame);

  /** Completes the segment; an unfinished file is unusable. */
  void finish();

  /** Returns the times of the packets in the finished segment, if it has packets. */
  default PacketTimes packets() {
    return PacketTimes.UNKNOWN;
  }

  /** Releases the encoder and the file, finished or not. */
  @Override
  void close();
}
