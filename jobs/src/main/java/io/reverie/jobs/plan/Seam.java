package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;

/**
 * Frames that two neighbouring segments of a shot both dream, for a cross-fade from one to the
 * other.
 *
 * @param before number of the earlier segment; the later one has the next number
 * @param range of the shared frames
 * @param margin the range plus one frame on each side, against which the fade is measured
 * @param frames number of shared frames, at least 1
 */
public record Seam(int before, PtsRange range, PtsRange margin, int frames)
    implements Serializable {

  public Seam {
    if (before < 0 || frames < 1) {
      throw new IllegalArgumentException(
          "the seam after segment %d has %d frames".formatted(before, frames));
    }
    if (!margin.contains(range)) {
      throw new IllegalArgumentException(
          "the margin of the seam after segment %d is %s, which does not contain %s"
              .formatted(before, margin, range));
    }
  }
}
