package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.engine.Precision;

/**
 * What a measurement of a video runs.
 *
 * @param size that its frames are scaled to
 * @param precision that the machine computes
 */
public record ClipCase(String network, Size size, Precision precision) {

  /** Identifies the case in a report of any run. */
  String key() {
    return "%s %s %s".formatted(network, size, Names.of(precision));
  }
}
