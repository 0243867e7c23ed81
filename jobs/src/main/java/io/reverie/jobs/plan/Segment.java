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
    int chunked = chunks.stream().mapToInt(Chunk::frames).sum();
    if (chunked != frames) {
      throw new IllegalArgumentException(
          "segment %d has %d frames, but its chunks have %d".formatted(number, frames, chunked));
    }
    requireInside(number, "its shot's", range, shot.range());
    requireInside(number, "its", body, range);
    chunks.forEach(chunk -> requireInside(number, "its", chunk.range(), range));
    for (Seam seam : seams) {
      if (seam.before() != number && seam.before() != number - 1) {
        throw new IllegalArgumentException(
            "segment %d has no part in the seam after segment %d".formatted(number, seam.before()));
      }
      requireInside(number, "its", seam.range(), range);
    }
  }

  private static void requireInside(int number, String owner, PtsRange inner, PtsRange outer) {
    if (!outer.contains(inner)) {
      throw new IllegalArgumentException(
          "segment %d: %s is not inside %s range %s".formatted(number, inner, owner, outer));
    }
  }

  /**
   * Returns whether this segment counts the frame; shared frames are counted by the earlier of two
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
