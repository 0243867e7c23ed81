package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.jobs.spec.rule.EnumNames;
import io.reverie.jobs.spec.rule.InbetweenRule;

/**
 * A measurement of a video.
 *
 * @param size of the scaled frames
 * @param precision of the convolutions
 * @param inbetween distance between dreamed frames
 */
public record ClipCase(String network, Size size, Precision precision, InbetweenRule inbetween) {

  /** Returns the name of the case in reports. */
  String key() {
    return "%s %s %s, in-betweens %s"
        .formatted(network, size, EnumNames.name(precision), inbetween.text());
  }
}
