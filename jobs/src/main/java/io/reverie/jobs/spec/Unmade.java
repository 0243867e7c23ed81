package io.reverie.jobs.spec;

import io.reverie.core.objective.Channels;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;
import java.util.Map;

/** Stands in for what needs a network, so that the rest of a spec can be checked without one. */
public enum Unmade implements Term.Maker {
  MAKER;

  @Override
  public Objective classes(Map<String, Double> shares, double weight) {
    return new L2("classes", Channels.all(), weight);
  }

  @Override
  public Objective guide(String layer, String picture, double weight) {
    return new L2(layer, Channels.all(), weight);
  }
}
