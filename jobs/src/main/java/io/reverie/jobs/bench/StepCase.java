package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.engine.Precision;

/**
 * What a measurement of gradient steps runs.
 *
 * @param layer the network's default
 * @param size of the image
 * @param precision that the machine computes
 */
public record StepCase(String network, String layer, Size size, Precision precision) {

  /** Identifies the case in a report of any run. */
  String key() {
    return "%s %s %s %s".formatted(network, layer, size, Names.of(precision));
  }
}
