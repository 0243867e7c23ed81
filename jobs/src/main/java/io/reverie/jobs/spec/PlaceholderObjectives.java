package io.reverie.jobs.spec;

import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;

/** Stand-ins for objectives that need a network, to validate a spec without one. */
public final class PlaceholderObjectives {

  private PlaceholderObjectives() {}

  public static Objective of(ObjectiveSpec objective) {
    return objective.create(
        () -> new L2("classes", ChannelSelector.all(), objective.weight()),
        () -> new L2(objective.layer(), ChannelSelector.all(), objective.weight()));
  }
}
