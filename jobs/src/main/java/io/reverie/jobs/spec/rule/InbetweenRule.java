package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import io.reverie.temporal.carry.Effort;
import io.reverie.temporal.carry.KeyframeInterval;
import java.io.Serializable;

/** The largest distance of dreamed frames: {@code auto}, or a number of frames. */
public record InbetweenRule(@JsonValue String text) implements Serializable {

  private static final String AUTO = "auto";

  public InbetweenRule {
    if (!text.equals(AUTO) && !text.matches("[1-" + KeyframeInterval.MOST + "]")) {
      throw UserException.usage(
          "invalid video.inbetween '%s'; expected auto or a number of frames from 1 to %d"
              .formatted(text, KeyframeInterval.MOST));
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static InbetweenRule of(JsonNode setting) {
    return new InbetweenRule(setting.asText());
  }

  /** Resolves {@code auto}: the best effort dreams every frame. */
  public KeyframeInterval interval(Effort effort) {
    if (!text.equals(AUTO)) {
      return new KeyframeInterval(Integer.parseInt(text));
    }
    return effort == Effort.BEST ? KeyframeInterval.EVERY_FRAME : KeyframeInterval.AUTO;
  }
}
