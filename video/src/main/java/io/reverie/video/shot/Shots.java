package io.reverie.video.shot;

import java.io.Serializable;
import java.util.List;

/**
 * The cuts and flashes of a range.
 *
 * @param cuts pts of the first frame of each shot except the video's first, ascending
 * @param flashes pts of frames that belong to a flash, ascending: one or two frames of another
 *     image, after which the previous image continues
 */
public record Shots(List<Long> cuts, List<Long> flashes) implements Serializable {

  public Shots {
    cuts = List.copyOf(cuts);
    flashes = List.copyOf(flashes);
  }
}
