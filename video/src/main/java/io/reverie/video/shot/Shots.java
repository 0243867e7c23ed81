package io.reverie.video.shot;

import java.io.Serializable;
import java.util.List;

/**
 * What {@link ShotScout} found in a range.
 *
 * @param cuts the pts of every shot's first frame but the video's first, ascending
 * @param flashes the pts of frames that belong to a flash, ascending: one or two frames of another
 *     picture, after which the one before goes on
 */
public record Shots(List<Long> cuts, List<Long> flashes) implements Serializable {

  public Shots {
    cuts = List.copyOf(cuts);
    flashes = List.copyOf(flashes);
  }
}
