package io.reverie.core.objective;

import io.reverie.core.DreamException;

final class ObjectiveWeights {

  private ObjectiveWeights() {}

  static void requireFinite(String layer, double weight) {
    if (!Double.isFinite(weight)) {
      throw new DreamException(
          "the objective at layer %s needs a finite weight, not %s".formatted(layer, weight));
    }
  }
}
