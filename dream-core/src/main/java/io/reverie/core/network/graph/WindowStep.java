package io.reverie.core.network.graph;

import java.util.Optional;

/** A step whose outputs see a window of the input. */
interface WindowStep extends Step {

  PaddedWindow window();

  @Override
  default Optional<ReceptiveField> field(ReceptiveField seen) {
    return Optional.of(window().after(seen));
  }

  @Override
  default boolean dependsOnSize() {
    return window().dependsOnSize();
  }
}
