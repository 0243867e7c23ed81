package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.jobs.spec.rule.EnumNames;

/**
 * A measurement of gradient steps.
 *
 * @param layer the network's default
 * @param size of the image
 * @param precision of the convolutions
 */
public record StepCase(String network, String layer, Size size, Precision precision) {

  /** Returns the name of the case in reports. */
  String key() {
    return "%s %s %s %s".formatted(network, layer, size, EnumNames.name(precision));
  }
}
