package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;
import java.util.List;

/**
 * A part of a shot that one task dreams.
 *
 * @param number from 0, in order of time
 * @param range of the frames to dream
 * @param frames number of frames in the range
 * @param body the frames that no other segment dreams
 * @param seams with neighbours in the same shot: none, one or two
 * @param chunks in order of time
 */
public record Segment(
    int number,
    Shot shot,
    PtsRange range,
    int frames,
    PtsRange body,
    List<Seam> seams,
    List<Chunk> chunks)
    implements Serializable {

  public Segment {
    seams = List.copyOf(seams);
    chunks = List.copyOf(chunks);
    if (number < 0 || frames < 1) {
      throw new IllegalArgumentException("segment %d has %d frames".formatted(number, frames));
    }
    if (!shot.range().contains(range) || !range.contains(body)) {
      throw new IllegalArgumentException(
          "segment %d of %s: its body %s is not within %s, or that is not within its shot"
              .formatted(number, shot, body, range));
    }
    if (chunks.stream().mapToInt(Chunk::frames).sum() != frames) {
      throw new IllegalArgumentException(
          "the chunks of segment %d do not have its %d frames".formatted(number, frames));
    }
  }

  /**
   * Whether this segment counts the frame; shared frames are counted by the earlier of two
   * segments.
   */
  public boolean counts(long pts) {
    return pts >= body.from();
  }

  /** The number of frames that this segment counts. */
  public int counted() {
    return frames
        - seams.stream().filter(s -> s.before() == number - 1).mapToInt(Seam::frames).sum();
  }
}
