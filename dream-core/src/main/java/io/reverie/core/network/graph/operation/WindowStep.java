package io.reverie.core.network.graph.operation;

import io.reverie.core.network.graph.PaddedWindow;
import io.reverie.core.network.graph.ReceptiveField;
import io.reverie.core.network.graph.Step;
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
