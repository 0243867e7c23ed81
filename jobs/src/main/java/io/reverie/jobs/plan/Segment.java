package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;
import java.util.List;

/**
 * A piece of a shot that one task dreams.
 *
 * @param number from 0, in the order of times
 * @param shot that it belongs to
 * @param range of the frames to dream
 * @param frames how many they are
 * @param body those of them that no other segment dreams
 * @param seams with its neighbours of the same shot: none, one or two
 * @param chunks of its frames, in the order of times
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
    if (frames < 1) {
      throw new IllegalArgumentException("segment %d has %d frames".formatted(number, frames));
    }
  }

  /** Whether a frame is counted here: of shared ones by the earlier of the two. */
  public boolean counts(long pts) {
    return pts >= body.from();
  }

  /** How many frames are counted here. */
  public int counted() {
    return frames
        - seams.stream().filter(s -> s.before() == number - 1).mapToInt(Seam::frames).sum();
  }
}
