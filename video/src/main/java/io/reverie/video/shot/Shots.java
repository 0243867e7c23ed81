package io.reverie.video.shot;

import java.io.Serializable;
import java.util.List;

/** Stub. */
public record Shots(List<Long> cuts, List<Long> flashes) implements Serializable {
  public Shots {
    cuts = List.copyOf(cuts);
    flashes = List.copyOf(flashes);
  }
}
