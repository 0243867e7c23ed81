package io.reverie.video;

import java.util.Collections;
import java.util.List;

/**
 * The encoded segments of a video, in the order of their times. They are opened in this order and
 * once each, if the times of all of them are known.
 *
 * @param files at least one
 * @param packets the times of each file's packets, as far as they are known
 * @param bytes of all files together
 */
public record SegmentFiles(List<MediaSource> files, List<PacketTimes> packets, long bytes) {

  public SegmentFiles {
    files = List.copyOf(files);
    packets = List.copyOf(packets);
    if (files.size() != packets.size() || bytes < 0) {
      throw new IllegalArgumentException(
          "%d files of %d bytes do not fit the times of %d"
              .formatted(files.size(), bytes, packets.size()));
    }
  }

  /** Small files of which nothing else is known. */
  public static SegmentFiles of(List<MediaSource> files) {
    return new SegmentFiles(files, unknown(files.size()), 0);
  }

  private static List<PacketTimes> unknown(int count) {
    return Collections.nCopies(count, PacketTimes.UNKNOWN);
  }

  /** Returns the same files, whose times must be read from them. */
  public SegmentFiles withoutTimes() {
    return new SegmentFiles(files, unknown(files.size()), bytes);
  }
}
