package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.engine.Precision;

/**
 * What to measure of a video.
 *
 * @param size of the scaled frames
 * @param precision of the convolutions
 */
public record ClipCase(String network, Size size, Precision precision) {

  /** Returns the name of the case in reports. */
  String key() {
    return "%s %s %s".formatted(network, size, Names.of(precision));
  }
}
