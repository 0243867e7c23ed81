package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.jobs.spec.rule.InbetweenRule;

/**
 * What a measurement of a video runs.
 *
 * @param size that its frames are scaled to
 * @param precision that the machine computes
 * @param inbetween frames from one dreamed frame to the next
 */
public record ClipCase(String network, Size size, Precision precision, InbetweenRule inbetween) {

  /** Identifies the case in a report of any run. */
  String key() {
    return "%s %s %s, in-betweens %s"
        .formatted(network, size, Names.of(precision), inbetween.text());
  }
}
