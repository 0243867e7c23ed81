package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * How many pixels around a tile the network sees: a number, or {@code auto}, which depends on the
 * layers.
 */
public record HaloRule(@JsonValue String text) implements Serializable {

  public HaloRule {
    if (!text.matches("auto|\\d{1,5}")) {
      throw UserException.usage(
          "invalid halo '%s'; expected auto or pixels such as 64".formatted(text));
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static HaloRule of(JsonNode setting) {
    return new HaloRule(setting.asText());
  }

  /** Empty for {@code auto}. */
  public OptionalInt pixels() {
    return text.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }
}
